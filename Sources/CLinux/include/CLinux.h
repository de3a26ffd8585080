// What Linux offers and Swift's Glibc and Musl modules leave out.
#ifndef CLINUX_H
#define CLINUX_H

#ifdef __linux__
#include <sys/epoll.h>

/// Takes a waiting client, as `accept4` does, which is an extension of GNU.
int clinux_accept(int listener, int flags);
#endif

#endif
