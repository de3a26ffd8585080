#if defined(__linux__)

#include "private.h"

// CURLOPT_..., CURLINFO_..., CURLSHOPT_..., CURL_LOCK_DATA_...
enum {
    option_cookie_file = 10031,
    option_share = 10100,
    option_cookie_list = 10135,
    info_cookie_list = 0x400000 + 28,
    share_option_share = 1,
    lock_data_cookie = 2,
};

int clibcurl_transfer_use_cookies(clibcurl_transfer *transfer) {
    clibcurl_loop *loop = transfer->loop;
    if (!loop->cookies) {
        // All transfers run on one thread, so that this needs no locks.
        loop->cookies = curl.share_init();
        if (!loop->cookies) return CLIBCURL_OUT_OF_MEMORY;
        curl.share_setopt(loop->cookies, share_option_share, lock_data_cookie);
    }
    const int code = curl.easy_setopt(transfer->easy, option_share, loop->cookies);
    // An empty name reads no file and turns cookies on.
    return code ? code : curl.easy_setopt(transfer->easy, option_cookie_file, "");
}

// The cookies are reached through a transfer, and one that has had an answer may be at the limit of
// what it can change: libcurl takes 50 cookies from each (7.84).
static CURL *handle_on_cookies(clibcurl_loop *loop) {
    CURL *easy = loop->cookies ? curl.easy_init() : NULL;
    if (easy) curl.easy_setopt(easy, option_share, loop->cookies);
    return easy;
}

struct clibcurl_lines *clibcurl_loop_copy_cookies(clibcurl_loop *loop) {
    struct clibcurl_lines *lines = NULL;
    CURL *easy = handle_on_cookies(loop);
    if (!easy) return NULL;
    curl.easy_getinfo(easy, info_cookie_list, &lines);
    curl.easy_cleanup(easy);
    return lines;
}

void clibcurl_lines_free(struct clibcurl_lines *lines) {
    curl.slist_free_all((struct curl_slist *)lines);
}

void clibcurl_loop_set_cookie(clibcurl_loop *loop, const char *line) {
    CURL *easy = handle_on_cookies(loop);
    if (!easy) return;
    curl.easy_setopt(easy, option_cookie_list, line);
    curl.easy_cleanup(easy);
}

#endif
