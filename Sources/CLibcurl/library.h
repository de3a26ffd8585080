// The functions of libcurl, found in the library that is loaded.

#ifndef CLIBCURL_LIBRARY_H
#define CLIBCURL_LIBRARY_H

#include <stdbool.h>

typedef void CURL;
typedef void CURLM;
typedef void CURLSH;

struct curl_slist;

typedef struct {
    int msg;
    CURL *easy;
    union {
        void *whatever;
        int result;
    } data;
} CURLMsg;

// Every function that is used: its result, its name after "curl_", its parameters.
#define CLIBCURL_FUNCTIONS(F) \
    F(int, global_init, (long flags)) \
    F(CURL *, easy_init, (void)) \
    F(int, easy_setopt, (CURL *, int option, ...)) \
    F(int, easy_getinfo, (CURL *, int info, ...)) \
    F(int, easy_pause, (CURL *, int directions)) \
    F(void, easy_cleanup, (CURL *)) \
    F(const char *, easy_strerror, (int code)) \
    F(struct curl_slist *, slist_append, (struct curl_slist *, const char *)) \
    F(void, slist_free_all, (struct curl_slist *)) \
    F(CURLM *, multi_init, (void)) \
    F(int, multi_cleanup, (CURLM *)) \
    F(int, multi_setopt, (CURLM *, int option, ...)) \
    F(int, multi_assign, (CURLM *, int socket, void *)) \
    F(int, multi_add_handle, (CURLM *, CURL *)) \
    F(int, multi_remove_handle, (CURLM *, CURL *)) \
    F(int, multi_socket_action, (CURLM *, int socket, int events, int *running)) \
    F(CURLMsg *, multi_info_read, (CURLM *, int *left)) \
    F(CURLSH *, share_init, (void)) \
    F(int, share_setopt, (CURLSH *, int option, ...))

struct clibcurl_library {
#define CLIBCURL_POINTER(result, name, parameters) result(*name) parameters;
    CLIBCURL_FUNCTIONS(CLIBCURL_POINTER)
#undef CLIBCURL_POINTER
};

extern struct clibcurl_library curl;

// Finds the functions; false if the library or one of them is missing.
bool clibcurl_load(void);

#endif
