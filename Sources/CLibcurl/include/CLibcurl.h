// A thin C face on libcurl: transfers that one thread drives, each of which gathers its answer until
// it is taken. Everything but clibcurl_loop_create and clibcurl_loop_wake belongs to that thread.

#ifndef CLIBCURL_H
#define CLIBCURL_H

#if defined(__linux__)

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// MARK: The part of libcurl's stable ABI that the package uses

// Options of a transfer (CURLOPT_...).
enum {
    CLIBCURL_URL = 10002,
    CLIBCURL_COOKIE = 10022,
    CLIBCURL_CUSTOMREQUEST = 10036,
    CLIBCURL_CAINFO = 10065,
    CLIBCURL_CAPATH = 10097,
    CLIBCURL_UNIX_SOCKET_PATH = 10231,
    CLIBCURL_NOBODY = 44,
    CLIBCURL_FRESH_CONNECT = 74,
};

// How a transfer ended (CURLE_...).
enum {
    CLIBCURL_OK = 0,
    CLIBCURL_UNSUPPORTED_PROTOCOL = 1,
    CLIBCURL_FAILED_INIT = 2,
    CLIBCURL_WEIRD_SERVER_REPLY = 8,
    CLIBCURL_OUT_OF_MEMORY = 27,
    CLIBCURL_TLS_FAILED = 35,
    CLIBCURL_CERTIFICATE_REFUSED = 60,
    CLIBCURL_TOO_LARGE = 100,
};

// MARK: The loop

typedef struct clibcurl_loop clibcurl_loop;
typedef struct clibcurl_transfer clibcurl_transfer;

// Loads libcurl and makes a loop; NULL if either fails, with a sentence for people if libcurl is
// missing.
clibcurl_loop *clibcurl_loop_create(const char **problem);

// Ends the wait of the loop's thread; from any thread.
void clibcurl_loop_wake(clibcurl_loop *loop);

// Names the calling thread, and keeps signals away from it: OpenSSL's writes to a closed connection
// raise SIGPIPE, which would end the process, and the process's own handlers have no business here.
void clibcurl_prepare_thread(void);

// Waits until a socket is ready or a timer is due, unless a transfer has something to take already,
// and lets libcurl do what is due on one socket.
void clibcurl_loop_step(clibcurl_loop *loop, bool may_wait);

// A transfer that has something to take: a head, bytes or its end; NULL if none has.
clibcurl_transfer *clibcurl_loop_next(clibcurl_loop *loop);

// MARK: Its cookies

// Lines of text (curl_slist).
struct clibcurl_lines {
    char *text;
    struct clibcurl_lines *next;
};

// The cookies of all transfers, as lines of a cookie file.
struct clibcurl_lines *clibcurl_loop_copy_cookies(clibcurl_loop *loop);
void clibcurl_lines_free(struct clibcurl_lines *lines);

// Adds a cookie, given as such a line, in the place of the one of the same name, domain and path.
void clibcurl_loop_set_cookie(clibcurl_loop *loop, const char *line);

// MARK: A transfer

// Makes a transfer, which gathers no more bytes than the limit before they are taken, if they come in
// pieces; NULL without memory.
clibcurl_transfer *clibcurl_transfer_create(
    clibcurl_loop *loop, int64_t id, size_t gathered_limit);

// These return one of the codes above, or another of libcurl's.
int clibcurl_transfer_set_text(clibcurl_transfer *transfer, int option, const char *text);
int clibcurl_transfer_set_number(clibcurl_transfer *transfer, int option, long number);
int clibcurl_transfer_add_header(clibcurl_transfer *transfer, const char *line);
int clibcurl_transfer_set_body(clibcurl_transfer *transfer, const void *bytes, size_t count);
int clibcurl_transfer_use_cookies(clibcurl_transfer *transfer);
int clibcurl_transfer_start(clibcurl_transfer *transfer);

int64_t clibcurl_transfer_id(const clibcurl_transfer *transfer);

// The lines of the final head, if it has come and was not taken before.
const uint8_t *clibcurl_transfer_head(clibcurl_transfer *transfer, size_t *count, long *status);

// Forgets the head.
void clibcurl_transfer_take_head(clibcurl_transfer *transfer);

// What came of the body since it was taken last.
const uint8_t *clibcurl_transfer_body(clibcurl_transfer *transfer, size_t *count);

// Forgets these bytes, which makes room for more.
void clibcurl_transfer_take_body(clibcurl_transfer *transfer);

// Whether the transfer is over, and how: a code of libcurl's, and the system's number if there is
// one.
bool clibcurl_transfer_is_over(
    const clibcurl_transfer *transfer, int *code, int *system_error, bool *had_head);

// What libcurl says of its end besides, which may name the host; empty if it says nothing.
const char *clibcurl_transfer_detail(const clibcurl_transfer *transfer);

// From now on no bytes are taken from libcurl, which stops reading from the socket.
void clibcurl_transfer_pause(clibcurl_transfer *transfer);
void clibcurl_transfer_resume(clibcurl_transfer *transfer);

// Ends a transfer at whatever point it is; its connection is kept only if the answer was complete.
void clibcurl_transfer_destroy(clibcurl_transfer *transfer);

// What libcurl calls a code.
const char *clibcurl_text(int code);

// What the system calls a number of its own.
const char *clibcurl_system_text(int error);

#endif
#endif
