#if defined(__linux__)

#include "private.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

// CURLOPT_...
enum {
    option_write_data = 10001,
    option_write_function = 20011,
    option_post_fields_size = 30120,
    option_copy_post_fields = 10165,
    option_http_header = 10023,
    option_error_buffer = 10010,
    option_header_data = 10029,
    option_header_function = 20079,
    option_socket_option_function = 20148,
    option_no_progress = 43,
    option_post = 47,
    option_follow_location = 52,
    option_forbid_reuse = 75,
    option_http_version = 84,
    option_dns_cache_timeout = 92,
    option_buffer_size = 98,
    option_no_signal = 99,
    option_private = 10103,
    option_connect_timeout_ms = 156,
    option_protocols = 181,
    option_tcp_keep_alive = 213,
    option_path_as_is = 234,
    option_suppress_connect_headers = 265,
    option_http09_allowed = 285,
    option_quick_exit = 322,
    http_version_2_tls = 4,
    protocols_http_and_https = 1 | 2,
};

// MARK: Making a transfer

static void set(clibcurl_transfer *transfer, int option, long number) {
    curl.easy_setopt(transfer->easy, option, number);
}

// How often an address that does not answer is asked again: it is given up within 20 s, not after two
// minutes. Only then libcurl takes the next one, and the stream would be out of patience by then.
enum { connect_retries = 3 };

static int on_new_socket(void *data, int descriptor, int purpose) {
    (void)data;
    (void)purpose;
    // A program that is started meanwhile would keep the connection open after it was left.
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    // It fails for a Unix socket, which needs no such thing.
    const int retries = connect_retries;
    setsockopt(descriptor, IPPROTO_TCP, TCP_SYNCNT, &retries, sizeof retries);
    return 0;
}

clibcurl_transfer *clibcurl_transfer_create(
    clibcurl_loop *loop, int64_t id, size_t gathered_limit) {
    clibcurl_transfer *transfer = calloc(1, sizeof(clibcurl_transfer));
    if (!transfer) return NULL;
    transfer->loop = loop;
    transfer->id = id;
    transfer->gathered_limit = gathered_limit < buffer_size ? gathered_limit : buffer_size;
    transfer->easy = curl.easy_init();
    if (!transfer->easy) {
        free(transfer);
        return NULL;
    }
    curl.easy_setopt(transfer->easy, option_private, transfer);
    curl.easy_setopt(transfer->easy, option_header_function, clibcurl_on_header);
    curl.easy_setopt(transfer->easy, option_header_data, transfer);
    curl.easy_setopt(transfer->easy, option_write_function, clibcurl_on_body);
    curl.easy_setopt(transfer->easy, option_write_data, transfer);
    curl.easy_setopt(transfer->easy, option_socket_option_function, on_new_socket);
    curl.easy_setopt(transfer->easy, option_error_buffer, transfer->detail);
    set(transfer, option_buffer_size, read_size);
    set(transfer, option_no_signal, 1);
    set(transfer, option_no_progress, 1);
    set(transfer, option_follow_location, 0);
    set(transfer, option_protocols, protocols_http_and_https);
    set(transfer, option_http_version, http_version_2_tls);
    set(transfer, option_http09_allowed, 0);
    set(transfer, option_path_as_is, 1);
    set(transfer, option_suppress_connect_headers, 1);
    set(transfer, option_tcp_keep_alive, 1);
    // libcurl keeps an address for 60 s otherwise, and a stream whose server has moved would ask the
    // old one for as long. Streams that are opened together still share a lookup.
    set(transfer, option_dns_cache_timeout, 5);
    // libcurl gives up connecting after 300 s otherwise; the stream has a timer of its own.
    set(transfer, option_connect_timeout_ms, INT32_MAX);
    // Otherwise the end of a transfer waits for its name lookup, and every stream with it.
    set(transfer, option_quick_exit, 1);
    return transfer;
}

int clibcurl_transfer_set_text(clibcurl_transfer *transfer, int option, const char *text) {
    return curl.easy_setopt(transfer->easy, option, text);
}

int clibcurl_transfer_set_number(clibcurl_transfer *transfer, int option, long number) {
    return curl.easy_setopt(transfer->easy, option, number);
}

int clibcurl_transfer_add_header(clibcurl_transfer *transfer, const char *line) {
    struct curl_slist *headers = curl.slist_append(transfer->headers, line);
    if (!headers) return CLIBCURL_OUT_OF_MEMORY;
    transfer->headers = headers;
    return CLIBCURL_OK;
}

int clibcurl_transfer_set_body(clibcurl_transfer *transfer, const void *bytes, size_t count) {
    // The size comes first: without it, libcurl would copy up to a zero byte.
    int code = curl.easy_setopt(transfer->easy, option_post, 1L);
    if (!code) code = curl.easy_setopt(transfer->easy, option_post_fields_size, (int64_t)count);
    if (!code) {
        const void *body = count > 0 ? bytes : "";
        code = curl.easy_setopt(transfer->easy, option_copy_post_fields, body);
    }
    return code;
}

int clibcurl_transfer_start(clibcurl_transfer *transfer) {
    const int code =
        curl.easy_setopt(transfer->easy, option_http_header, transfer->headers);
    if (code) return code;
    if (curl.multi_add_handle(transfer->loop->multi, transfer->easy) != 0) {
        return CLIBCURL_OUT_OF_MEMORY;
    }
    transfer->is_added = true;
    return CLIBCURL_OK;
}

// MARK: Its end

int64_t clibcurl_transfer_id(const clibcurl_transfer *transfer) {
    return transfer->id;
}

void clibcurl_transfer_destroy(clibcurl_transfer *transfer) {
    if (transfer->is_added) {
        // HTTP/2 would keep the connection and only reset the stream.
        if (!transfer->is_over || transfer->code) set(transfer, option_forbid_reuse, 1);
        curl.multi_remove_handle(transfer->loop->multi, transfer->easy);
    }
    curl.easy_cleanup(transfer->easy);
    // Only now, as the end of its sockets lists it.
    clibcurl_unlist(transfer);
    curl.slist_free_all(transfer->headers);
    clibcurl_buffer_give(transfer->loop, transfer->body);
    free(transfer->head);
    free(transfer);
}

const char *clibcurl_text(int code) {
    return curl.easy_strerror(code);
}

const char *clibcurl_system_text(int error) {
    return strerror(error);
}

#endif
