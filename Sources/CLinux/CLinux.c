#ifdef __linux__
#define _GNU_SOURCE
#include <stddef.h>
#include <sys/socket.h>

#include "CLinux.h"

int clinux_accept(int listener, int flags) {
    return accept4(listener, NULL, NULL, flags);
}
#endif
