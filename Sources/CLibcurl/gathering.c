#if defined(__linux__)

#include "private.h"

#include <stdlib.h>

// CURLPAUSE_RECV, CURLPAUSE_CONT
enum { pause_receiving = 1, pause_nothing = 0 };

// MARK: The transfers that have something to take

clibcurl_transfer *clibcurl_loop_next(clibcurl_loop *loop) {
    clibcurl_transfer *transfer = loop->first;
    if (!transfer) return NULL;
    clibcurl_unlist(transfer);
    if (transfer->has_lost_socket) {
        const bool is_short = transfer->socket_count < transfer->socket_count_before;
        // The change makes a timer due at once; before the head it means nothing else.
        if (is_short && !transfer->has_head && !transfer->is_over) {
            curl.easy_pause(transfer->easy, pause_receiving);
            curl.easy_pause(transfer->easy, pause_nothing);
        }
        transfer->has_lost_socket = false;
    }
    return transfer;
}

void clibcurl_list(clibcurl_transfer *transfer) {
    if (transfer->is_listed) return;
    clibcurl_loop *loop = transfer->loop;
    transfer->is_listed = true;
    transfer->next = NULL;
    transfer->previous = loop->last;
    *(loop->last ? &loop->last->next : &loop->first) = transfer;
    loop->last = transfer;
}

void clibcurl_unlist(clibcurl_transfer *transfer) {
    if (!transfer->is_listed) return;
    clibcurl_loop *loop = transfer->loop;
    transfer->is_listed = false;
    *(transfer->previous ? &transfer->previous->next : &loop->first) = transfer->next;
    *(transfer->next ? &transfer->next->previous : &loop->last) = transfer->previous;
}

// MARK: Buffers

struct buffer *clibcurl_buffer_take(clibcurl_loop *loop) {
    struct buffer *buffer = loop->spare;
    if (buffer) {
        loop->spare = buffer->next;
        loop->spare_count--;
    } else {
        buffer = malloc(sizeof(struct buffer));
        if (!buffer) return NULL;
    }
    buffer->next = NULL;
    buffer->count = 0;
    return buffer;
}

void clibcurl_buffer_give(clibcurl_loop *loop, struct buffer *buffer) {
    if (!buffer) return;
    if (loop->spare_count == spare_limit) {
        free(buffer);
        return;
    }
    buffer->next = loop->spare;
    loop->spare = buffer;
    loop->spare_count++;
}

#endif
