// The part of macOS's C library that this package uses. What the Swift side adds to it, and what a
// stub is, stands in Darwin.swiftinterface. A structure has only the members that are used.

typedef unsigned long size_t;
typedef long ssize_t;
typedef unsigned short mode_t;

// errno.h
#define EINTR 4
#define EIO 5
#define EBADF 9
#define ENOMEM 12
#define ENFILE 23
#define EMFILE 24
#define EPIPE 32
#define EAGAIN 35
#define EWOULDBLOCK EAGAIN
#define ECONNABORTED 53
#define ECONNRESET 54
#define ENOBUFS 55
#define EPROTO 100

// fcntl.h
#define O_RDWR 0x0002
#define O_NONBLOCK 0x0004
#define F_GETFD 1
#define F_SETFD 2
#define F_GETFL 3
#define F_SETFL 4
#define FD_CLOEXEC 1

// poll.h
#define POLLIN 0x0001
#define POLLOUT 0x0004
#define POLLERR 0x0008
#define POLLHUP 0x0010
typedef unsigned int nfds_t;
struct pollfd {
    int fd;
    short events;
    short revents;
};
int poll(struct pollfd *, nfds_t, int);

// signal.h
#define SIGINT 2
#define SIGPIPE 13
#define SIGTERM 15
void (*signal(int, void (*)(int)))(int);

// stdlib.h, string.h
void exit(int) __attribute__((noreturn));
void *memchr(const void *, int, size_t);
int memcmp(const void *, const void *, size_t);
char *strerror(int);

// sys/ioctl.h
struct winsize {
    unsigned short ws_row;
    unsigned short ws_col;
};

// sys/resource.h, sys/syslimits.h
#define RLIMIT_NOFILE 8
#define OPEN_MAX 10240
#define PIPE_BUF 512
typedef unsigned long long rlim_t;
struct rlimit {
    rlim_t rlim_cur;
    rlim_t rlim_max;
};
int getrlimit(int, struct rlimit *);
int setrlimit(int, const struct rlimit *);

// sys/socket.h, netinet/in.h, netinet/tcp.h
#define AF_INET 2
#define SOCK_STREAM 1
#define SOMAXCONN 128
#define SHUT_WR 1
#define SHUT_RDWR 2
#define SOL_SOCKET 0xffff
#define SO_REUSEADDR 0x0004
#define SO_LINGER 0x0080
#define SO_NOSIGPIPE 0x1022
#define SO_NWRITE 0x1024
#define IPPROTO_TCP 6
#define TCP_NODELAY 0x01
typedef unsigned char sa_family_t;
typedef unsigned int socklen_t;
struct sockaddr {
    unsigned char sa_len;
    sa_family_t sa_family;
    char sa_data[14];
};
struct in_addr {
    unsigned int s_addr;
};
struct sockaddr_in {
    unsigned char sin_len;
    sa_family_t sin_family;
    unsigned short sin_port;
    struct in_addr sin_addr;
    char sin_zero[8];
};
struct linger {
    int l_onoff;
    int l_linger;
};
int accept(int, struct sockaddr *, socklen_t *);
int bind(int, const struct sockaddr *, socklen_t);
int getsockname(int, struct sockaddr *, socklen_t *);
int getsockopt(int, int, int, void *, socklen_t *);
int listen(int, int);
ssize_t recv(int, void *, size_t, int);
ssize_t send(int, const void *, size_t, int);
int setsockopt(int, int, int, const void *, socklen_t);
int shutdown(int, int);
int socket(int, int, int);

// sys/stat.h
struct stat {
    mode_t st_mode;
};
int fstat(int, struct stat *);

// unistd.h
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
void _exit(int) __attribute__((noreturn));
int close(int);
int isatty(int);
int pipe(int[2]);
ssize_t write(int, const void *, size_t);
