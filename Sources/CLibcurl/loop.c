// For pthread_setname_np.
#define _GNU_SOURCE

#if defined(__linux__)

#include "private.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

// CURLMOPT_..., CURL_POLL_..., CURL_CSELECT_..., CURLMSG_DONE, CURL_SOCKET_TIMEOUT, CURLINFO_...
enum {
    option_socket_function = 20001,
    option_socket_data = 10002,
    option_pipelining = 3,
    option_timer_function = 20004,
    option_timer_data = 10005,
    option_max_connects = 6,
    poll_none = 0,
    poll_in = 1,
    poll_out = 2,
    poll_remove = 4,
    select_in = 1,
    select_out = 2,
    message_done = 1,
    socket_timeout = -1,
    info_private = 0x100000 + 21,
    info_http_connect_code = 0x200000 + 22,
    info_os_errno = 0x200000 + 25,
};

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

// MARK: What libcurl asks for

// An address may have failed. libcurl 7.88 then sets up the next one, but tries it only when it is
// called again, and asks for no call: no timer is due, and the socket that is left, if any, is that of
// an address of the other family, which may be silent for long.
static void note_socket(CURL *easy, int change) {
    clibcurl_transfer *transfer = NULL;
    curl.easy_getinfo(easy, info_private, &transfer);
    if (!transfer) return;
    if (transfer->socket_step != transfer->loop->step_count) {
        transfer->socket_step = transfer->loop->step_count;
        transfer->socket_count_before = transfer->socket_count;
    }
    transfer->socket_count += change;
    // One that took the place of another, as after a name lookup, leaves nothing to be done.
    if (transfer->socket_count >= transfer->socket_count_before) return;
    // One that is listed for this already, or is being called again for it, needs no second call.
    if (transfer->has_lost_socket || transfer->has_head || transfer->is_over) return;
    transfer->has_lost_socket = true;
    clibcurl_list(transfer);
}

static int on_socket(CURL *easy, int descriptor, int what, void *data, void *known) {
    clibcurl_loop *loop = data;
    if (what == poll_remove) {
        note_socket(easy, -1);
    } else if (!known) {
        note_socket(easy, 1);
    }
    // A socket that is watched for nothing would still report errors, over and over.
    if (what == poll_remove || what == poll_none) {
        epoll_ctl(loop->epoll, EPOLL_CTL_DEL, descriptor, NULL);
        // The number may be another socket's by the time its event would be looked at.
        for (int i = loop->ready_next; i < loop->ready_count; i++) {
            if (loop->ready[i].data.fd == descriptor) loop->ready[i].data.fd = -1;
        }
        return 0;
    }
    struct epoll_event event = {.data.fd = descriptor};
    if (what & poll_in) event.events |= EPOLLIN;
    if (what & poll_out) event.events |= EPOLLOUT;
    int order = known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
    if (epoll_ctl(loop->epoll, order, descriptor, &event) != 0) {
        order = errno == EEXIST ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
        epoll_ctl(loop->epoll, order, descriptor, &event);
    }
    if (!known) curl.multi_assign(loop->multi, descriptor, loop);
    return 0;
}

static int on_timer(CURLM *multi, long milliseconds, void *data) {
    (void)multi;
    clibcurl_loop *loop = data;
    loop->deadline = milliseconds < 0 ? -1 : now() + milliseconds;
    return 0;
}

// MARK: The loop's life

clibcurl_loop *clibcurl_loop_create(const char **problem) {
    if (!clibcurl_load()) {
        *problem = "libcurl.so.4 cannot be loaded: install libcurl, or take another transport.";
        return NULL;
    }
    *problem = NULL;
    clibcurl_loop *loop = calloc(1, sizeof(clibcurl_loop));
    if (!loop) return NULL;
    loop->deadline = -1;
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    loop->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    loop->multi = curl.multi_init();
    struct epoll_event event = {.events = EPOLLIN, .data.fd = loop->wake};
    if (loop->epoll < 0 || loop->wake < 0 || !loop->multi
        || epoll_ctl(loop->epoll, EPOLL_CTL_ADD, loop->wake, &event) != 0) {
        if (loop->multi) curl.multi_cleanup(loop->multi);
        if (loop->wake >= 0) close(loop->wake);
        if (loop->epoll >= 0) close(loop->epoll);
        free(loop);
        return NULL;
    }
    curl.multi_setopt(loop->multi, option_socket_function, on_socket);
    curl.multi_setopt(loop->multi, option_socket_data, loop);
    curl.multi_setopt(loop->multi, option_timer_function, on_timer);
    curl.multi_setopt(loop->multi, option_timer_data, loop);
    // Streams that share an HTTP/2 connection would wait for the one among them that is paused.
    curl.multi_setopt(loop->multi, option_pipelining, 0L);
    // libcurl keeps four idle connections for every transfer otherwise.
    curl.multi_setopt(loop->multi, option_max_connects, 16L);
    return loop;
}

void clibcurl_loop_wake(clibcurl_loop *loop) {
    const uint64_t one = 1;
    // It fails only when 2^64 wakes are pending.
    ssize_t ignored = write(loop->wake, &one, sizeof one);
    (void)ignored;
}

void clibcurl_prepare_thread(void) {
    pthread_setname_np(pthread_self(), "libcurl");
    sigset_t all;
    sigfillset(&all);
    // These are raised by the thread itself, and blocking them hides a crash.
    sigdelset(&all, SIGSEGV);
    sigdelset(&all, SIGBUS);
    sigdelset(&all, SIGILL);
    sigdelset(&all, SIGFPE);
    sigdelset(&all, SIGTRAP);
    pthread_sigmask(SIG_SETMASK, &all, NULL);
}

// MARK: Steps

static void wait_for_sockets(clibcurl_loop *loop, bool may_wait) {
    int timeout = may_wait ? -1 : 0;
    if (may_wait && loop->deadline >= 0) {
        const int64_t rest = loop->deadline - now();
        timeout = rest < 0 ? 0 : rest > INT32_MAX ? INT32_MAX : (int)rest;
    }
    const int count = epoll_wait(loop->epoll, loop->ready, ready_limit, timeout);
    loop->ready_next = 0;
    loop->ready_count = count < 0 ? 0 : count;
}

static void act_on_one_socket(clibcurl_loop *loop) {
    if (loop->ready_next == loop->ready_count) return;
    const struct epoll_event event = loop->ready[loop->ready_next];
    loop->ready_next++;
    if (event.data.fd < 0) return;
    if (event.data.fd == loop->wake) {
        uint64_t count;
        ssize_t ignored = read(loop->wake, &count, sizeof count);
        (void)ignored;
        return;
    }
    int events = 0;
    int running;
    // What is wrong with a socket, libcurl finds out by using it.
    const uint32_t trouble = EPOLLERR | EPOLLHUP;
    if (event.events & (EPOLLIN | trouble)) events |= select_in;
    if (event.events & (EPOLLOUT | trouble)) events |= select_out;
    curl.multi_socket_action(loop->multi, event.data.fd, events, &running);
}

// A proxy that opens no tunnel has given an answer, which libcurl reports as a failed connection.
static void take_refusal_of_proxy(clibcurl_transfer *transfer) {
    long status = 0;
    curl.easy_getinfo(transfer->easy, info_http_connect_code, &status);
    if (transfer->has_head || status < 400) return;
    transfer->status = status;
    transfer->has_head = true;
    transfer->code = CLIBCURL_OK;
}

static void list_those_that_are_over(clibcurl_loop *loop) {
    int left;
    CURLMsg *message;
    while ((message = curl.multi_info_read(loop->multi, &left))) {
        if (message->msg != message_done) continue;
        clibcurl_transfer *transfer = NULL;
        curl.easy_getinfo(message->easy, info_private, &transfer);
        if (!transfer) continue;
        long system_error = 0;
        curl.easy_getinfo(message->easy, info_os_errno, &system_error);
        transfer->is_over = true;
        transfer->code = transfer->refusal ? transfer->refusal : message->data.result;
        transfer->system_error = (int)system_error;
        take_refusal_of_proxy(transfer);
        clibcurl_list(transfer);
    }
}

void clibcurl_loop_step(clibcurl_loop *loop, bool may_wait) {
    int running;
    loop->step_count++;
    if (loop->ready_next == loop->ready_count) {
        wait_for_sockets(loop, may_wait && !loop->first);
    }
    act_on_one_socket(loop);
    if (loop->deadline >= 0 && loop->deadline <= now()) {
        loop->deadline = -1;
        curl.multi_socket_action(loop->multi, socket_timeout, 0, &running);
    }
    list_those_that_are_over(loop);
}

#endif
