#if defined(__linux__)

#include "private.h"

#include <stdlib.h>
#include <string.h>

// CURLINFO_RESPONSE_CODE, CURL_WRITEFUNC_PAUSE, CURLPAUSE_CONT
enum {
    info_response_code = 0x200000 + 2,
    write_function_pause = 0x10000001,
    pause_nothing = 0,
};

// MARK: What libcurl delivers

static bool append_to_head(clibcurl_transfer *transfer, const char *bytes, size_t count) {
    const size_t needed = transfer->head_count + count;
    if (needed > transfer->head_capacity) {
        size_t capacity = transfer->head_capacity ? transfer->head_capacity : 1024;
        while (capacity < needed) capacity *= 2;
        uint8_t *head = realloc(transfer->head, capacity);
        if (!head) return false;
        transfer->head = head;
        transfer->head_capacity = capacity;
    }
    memcpy(transfer->head + transfer->head_count, bytes, count);
    transfer->head_count = needed;
    return true;
}

// Called for each line of a head, for those of informational answers, and for trailers.
size_t clibcurl_on_header(const char *bytes, size_t size, size_t number, void *data) {
    clibcurl_transfer *transfer = data;
    const size_t count = size * number;
    transfer->head_total += count;
    if (transfer->head_total > head_limit) {
        transfer->refusal = CLIBCURL_TOO_LARGE;
        return 0;
    }
    // These are trailers, which mean nothing here.
    if (transfer->has_head) return count;
    // A connection that ends inside a line may leave its start as the last one (libcurl 8.23).
    const bool is_whole = count > 0 && bytes[count - 1] == '\n';
    if (is_whole && (bytes[0] == '\r' || bytes[0] == '\n')) {
        long status = 0;
        curl.easy_getinfo(transfer->easy, info_response_code, &status);
        // libcurl reads on after these, but takes 101 for the last head.
        if (status >= 100 && status < 200 && status != 101) {
            transfer->head_count = 0;
            return count;
        }
        transfer->status = status;
        transfer->has_head = true;
        clibcurl_list(transfer);
        return count;
    }
    if (!append_to_head(transfer, bytes, count)) {
        transfer->refusal = CLIBCURL_OUT_OF_MEMORY;
        return 0;
    }
    return count;
}

// Called for each chunk of a chunked body, many times for one read of the socket.
size_t clibcurl_on_body(const char *bytes, size_t size, size_t number, void *data) {
    clibcurl_transfer *transfer = data;
    const size_t count = size * number;
    if (count == 0) return 0;
    if (transfer->wants_pause
        || (transfer->body && transfer->body->count + count > transfer->gathered_limit)) {
        transfer->is_paused = true;
        return write_function_pause;
    }
    if (!transfer->body) {
        // libcurl hands over 16 KiB at most, far less than a buffer holds.
        if (count > buffer_size || !(transfer->body = clibcurl_buffer_take(transfer->loop))) {
            transfer->refusal = CLIBCURL_OUT_OF_MEMORY;
            return 0;
        }
        clibcurl_list(transfer);
    }
    memcpy(transfer->body->bytes + transfer->body->count, bytes, count);
    transfer->body->count += count;
    return count;
}

// MARK: Taking what came

const uint8_t *clibcurl_transfer_head(clibcurl_transfer *transfer, size_t *count, long *status) {
    if (!transfer->has_head || transfer->is_head_taken) return NULL;
    *count = transfer->head_count;
    *status = transfer->status;
    // A proxy's refusal has no lines.
    return transfer->head ? transfer->head : (const uint8_t *)"";
}

void clibcurl_transfer_take_head(clibcurl_transfer *transfer) {
    transfer->is_head_taken = true;
    free(transfer->head);
    transfer->head = NULL;
    transfer->head_count = transfer->head_capacity = 0;
}

const uint8_t *clibcurl_transfer_body(clibcurl_transfer *transfer, size_t *count) {
    if (!transfer->body) return NULL;
    *count = transfer->body->count;
    return transfer->body->bytes;
}

// Lets libcurl deliver what it held back, and read on; it calls clibcurl_on_body at once.
static void unpause(clibcurl_transfer *transfer) {
    if (!transfer->is_paused || transfer->wants_pause || transfer->is_over) return;
    transfer->is_paused = false;
    const int code = curl.easy_pause(transfer->easy, pause_nothing);
    if (code == 0) return;
    transfer->is_over = true;
    transfer->code = code;
    clibcurl_list(transfer);
}

void clibcurl_transfer_take_body(clibcurl_transfer *transfer) {
    clibcurl_buffer_give(transfer->loop, transfer->body);
    transfer->body = NULL;
    unpause(transfer);
}

bool clibcurl_transfer_is_over(
    const clibcurl_transfer *transfer, int *code, int *system_error, bool *had_head) {
    *code = transfer->code;
    *system_error = transfer->system_error;
    *had_head = transfer->has_head;
    return transfer->is_over;
}

const char *clibcurl_transfer_detail(const clibcurl_transfer *transfer) {
    return transfer->detail;
}

// MARK: Reins

void clibcurl_transfer_pause(clibcurl_transfer *transfer) {
    transfer->wants_pause = true;
}

void clibcurl_transfer_resume(clibcurl_transfer *transfer) {
    transfer->wants_pause = false;
    unpause(transfer);
}

#endif
