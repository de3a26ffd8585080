#if defined(__linux__)

#include "library.h"

#include <dlfcn.h>
#include <pthread.h>

struct clibcurl_library curl;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool is_loaded;

static void load(void) {
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
#define CLIBCURL_FIND(result, name, parameters) \
    curl.name = (result(*) parameters)dlsym(library, "curl_" #name); \
    if (!curl.name) return;
    CLIBCURL_FUNCTIONS(CLIBCURL_FIND)
#undef CLIBCURL_FIND
    const long all = 3;
    is_loaded = curl.global_init(all) == 0;
}

bool clibcurl_load(void) {
    pthread_once(&once, load);
    return is_loaded;
}

#endif
