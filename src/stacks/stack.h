/*
 * What a TCP stack offers to be tested as a shared object. This header is installed, for the
 * authors of such objects; it includes nothing else of tcpclose.
 *
 * The object has the function packetdrill_interface_init(), which fills in struct
 * packetdrill_interface: the interface of packetdrill's --so_filename, whose order of functions is
 * kept here. What it lacks is in tcpclose_stack_init(), which an object may have besides: it is
 * told the addresses of the test, and may show the states of its connections.
 *
 * Calls come from several threads, one at a time in each: a call that blocks has a thread of its
 * own, and another one sits in netdev_receive(). A function that is missing is NULL.
 */
#ifndef TCPCLOSE_STACK_H
#define TCPCLOSE_STACK_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>

/*
 * Each function gets `userdata` first, and what the function of the C library with its name gets
 * after that; it answers as that one does, with errno.
 */
struct packetdrill_interface {
	void *userdata;
	void (*free)(void *userdata); /* the end: nothing else is called after it */

	int (*socket)(void *userdata, int domain, int type, int protocol);
	int (*bind)(void *userdata, int fd, const struct sockaddr *address, socklen_t length);
	int (*listen)(void *userdata, int fd, int backlog);
	int (*accept)(void *userdata, int fd, struct sockaddr *address, socklen_t *length);
	int (*connect)(void *userdata, int fd, const struct sockaddr *address, socklen_t length);
	ssize_t (*read)(void *userdata, int fd, void *bytes, size_t size);
	ssize_t (*readv)(void *userdata, int fd, const struct iovec *vector, int count);
	ssize_t (*recv)(void *userdata, int fd, void *bytes, size_t size, int flags);
	ssize_t (*recvfrom)(void *userdata, int fd, void *bytes, size_t size, int flags,
	                    struct sockaddr *address, socklen_t *length);
	ssize_t (*recvmsg)(void *userdata, int fd, struct msghdr *message, int flags);
	ssize_t (*write)(void *userdata, int fd, const void *bytes, size_t size);
	ssize_t (*writev)(void *userdata, int fd, const struct iovec *vector, int count);
	ssize_t (*send)(void *userdata, int fd, const void *bytes, size_t size, int flags);
	ssize_t (*sendto)(void *userdata, int fd, const void *bytes, size_t size, int flags,
	                  const struct sockaddr *address, socklen_t length);
	ssize_t (*sendmsg)(void *userdata, int fd, const struct msghdr *message, int flags);
	int (*fcntl)(void *userdata, int fd, int command, ...);
	int (*ioctl)(void *userdata, int fd, unsigned long request, ...);
	int (*close)(void *userdata, int fd);
	int (*shutdown)(void *userdata, int fd, int how);
	int (*getsockopt)(void *userdata, int fd, int level, int option, void *value,
	                  socklen_t *length);
	int (*setsockopt)(void *userdata, int fd, int level, int option, const void *value,
	                  socklen_t length);
	int (*poll)(void *userdata, struct pollfd *files, nfds_t count, int timeout);

	/* Gives the stack an IP packet. 0, or -1. */
	int (*netdev_send)(void *userdata, const void *bytes, size_t count);

	/*
	 * Takes the next IP packet that the stack sends; it may wait for one. *count is the room
	 * and then the packet's length, 0: there was none. *time_usecs is when it was sent,
	 * microseconds of gettimeofday(). 0, or -1.
	 */
	int (*netdev_receive)(void *userdata, void *bytes, size_t *count, long long *time_usecs);

	int (*usleep)(void *userdata, useconds_t usecs);
	int (*gettimeofday)(void *userdata, struct timeval *time, struct timezone *zone);
	int (*epoll_create)(void *userdata, int size);
	int (*epoll_ctl)(void *userdata, int epoll, int operation, int fd,
	                 struct epoll_event *event);
	int (*epoll_wait)(void *userdata, int epoll, struct epoll_event *events, int most,
	                  int timeout);
	int (*pipe)(void *userdata, int fds[2]);
	int (*splice)(void *userdata, int from, loff_t *from_offset, int to, loff_t *to_offset,
	              size_t length, unsigned flags);
};

/* `flags` is what --so_flags says, or NULL. */
void packetdrill_interface_init(const char *flags, struct packetdrill_interface *interface);

/* ---- what packetdrill has not; an object need not have it either ---- */

enum { TCPCLOSE_STACK_VERSION = 1 };

/* The addresses of a test: of a family that is not played they are AF_UNSPEC. */
struct tcpclose_world {
	unsigned version; /* TCPCLOSE_STACK_VERSION of the program */
	struct tcpclose_ends {
		struct sockaddr_storage local;   /* to be the stack's own; no port */
		struct sockaddr_storage gateway; /* the way to `remote` */
		struct sockaddr_storage remote;
		unsigned prefix; /* length of the local network's prefix */
	} ipv4, ipv6;
	unsigned mtu;  /* bytes of an IP packet */
	int64_t start; /* 0, or the time that the stack's clock shows: see advance() */
};

/* States and timers, with the numbers that Linux has for them. */
enum tcpclose_tcp_state {
	TCPCLOSE_ESTABLISHED = 1,
	TCPCLOSE_SYN_SENT,
	TCPCLOSE_SYN_RECEIVED,
	TCPCLOSE_FIN_WAIT_1,
	TCPCLOSE_FIN_WAIT_2,
	TCPCLOSE_TIME_WAIT,
	TCPCLOSE_CLOSED, /* there is no such connection */
	TCPCLOSE_CLOSE_WAIT,
	TCPCLOSE_LAST_ACK,
	TCPCLOSE_LISTEN,
	TCPCLOSE_CLOSING,
};

enum tcpclose_tcp_timer {
	TCPCLOSE_TIMER_NONE,
	TCPCLOSE_TIMER_RETRANSMIT,
	TCPCLOSE_TIMER_KEEPALIVE,
	TCPCLOSE_TIMER_TIME_WAIT,
	TCPCLOSE_TIMER_PROBE,
};

struct tcpclose_state {
	int state;       /* enum tcpclose_tcp_state */
	int timer;       /* enum tcpclose_tcp_timer */
	int64_t expires; /* microseconds that are left of it */
	uint32_t retransmits, receive_queue, send_queue;
};

struct tcpclose_stack {
	unsigned version; /* set it to TCPCLOSE_STACK_VERSION */
	const char *name; /* "lwIP 2.1.3" */
	unsigned tick;    /* microseconds that its timers may be late by; 0: unknown */
	int (*state)(void *userdata, const struct sockaddr *local, const struct sockaddr *remote,
	             struct tcpclose_state *state); /* 0, or -1; remote port 0: the listener */

	/*
	 * For --drive_clock: world->start is not 0 then, and the stack has no other clock. It lets
	 * the clock go on to `until`, or to the first moment before it at which the stack sends a
	 * packet or wakes a call, and returns where the clock stands (microseconds since 1970, as
	 * all times here). gettimeofday() shows the same, and netdev_receive() does not wait.
	 */
	int64_t (*advance)(void *userdata, int64_t until);
};

/*
 * Called before packetdrill_interface_init(). Returns 0, or -1 when the stack cannot be had in such
 * a world (it has no IPv6, say), with a sentence in `why`.
 */
int tcpclose_stack_init(const struct tcpclose_world *world, struct tcpclose_stack *stack, char *why,
                        size_t size);

#endif
