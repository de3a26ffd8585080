// What the loop and the transfers know of each other.

#ifndef CLIBCURL_PRIVATE_H
#define CLIBCURL_PRIVATE_H

#include "CLibcurl.h"
#include "library.h"

#include <sys/epoll.h>

// One read of a socket, and how much of an answer is gathered at most before it is taken. Reads of
// 16 KiB made 1.7 million events a second of 2.6 million. libcurl may read three times and more before
// it returns (7.88 asks poll), and what has no room then is copied to be held back: 128 KiB for the
// gathered took 6 to 22 % more CPU, longer reads no less.
enum { read_size = 64 * 1024, buffer_size = 256 * 1024 };

// The bytes of all heads of an answer, informational ones and trailers included, end here.
enum { head_limit = 256 * 1024 };

struct buffer {
    struct buffer *next;
    size_t count;
    uint8_t bytes[buffer_size];
};

enum { ready_limit = 64, spare_limit = 4 };

struct clibcurl_loop {
    CURLM *multi;
    // The cookies of all transfers that use them; made for the first.
    CURLSH *cookies;
    int epoll;
    int wake;
    // When libcurl's next timer is due, in milliseconds; -1 for never.
    int64_t deadline;
    struct epoll_event ready[ready_limit];
    int ready_count;
    int ready_next;
    uint64_t step_count;
    // The transfers that have something to take.
    clibcurl_transfer *first;
    clibcurl_transfer *last;
    // Buffers for the next answers, so that idle transfers have none.
    struct buffer *spare;
    int spare_count;
};

struct clibcurl_transfer {
    clibcurl_loop *loop;
    int64_t id;
    CURL *easy;
    struct curl_slist *headers;
    clibcurl_transfer *next;
    clibcurl_transfer *previous;
    bool is_listed;
    bool is_added;

    uint8_t *head;
    size_t head_count;
    size_t head_capacity;
    // Of all heads together.
    size_t head_total;
    long status;
    bool has_head;
    bool is_head_taken;

    struct buffer *body;
    // What may be gathered, if it is more than a single piece.
    size_t gathered_limit;

    // The channel wants no more, and libcurl holds bytes back since it was told so.
    bool wants_pause;
    bool is_paused;

    // How many sockets are watched for it, how many were before the last step that changed this, and
    // whether one was lost before it had a head.
    int socket_count;
    int socket_count_before;
    uint64_t socket_step;
    bool has_lost_socket;

    bool is_over;
    // Why a callback made libcurl give up; 0 if none did.
    int refusal;
    int code;
    int system_error;
    // What libcurl says of the failure, in at most CURL_ERROR_SIZE bytes.
    char detail[256];
};

// What libcurl calls with the lines of a head, and with the bytes of a body.
size_t clibcurl_on_header(const char *bytes, size_t size, size_t number, void *data);
size_t clibcurl_on_body(const char *bytes, size_t size, size_t number, void *data);

void clibcurl_list(clibcurl_transfer *transfer);
void clibcurl_unlist(clibcurl_transfer *transfer);
struct buffer *clibcurl_buffer_take(clibcurl_loop *loop);
void clibcurl_buffer_give(clibcurl_loop *loop, struct buffer *buffer);

#endif
