/*
 * What a TCP stack must offer so that it can be tested as a shared object. This header is installed
 * for the authors of such objects. It includes nothing else of tcpclose.
 *
 * The object has the function packetdrill_interface_init(), which fills in struct
 * packetdrill_interface. This is the interface of packetdrill's option --so_filename, so the order
 * of its functions must not change. It lacks two things, which an object may offer with
 * tcpclose_stack_init(): that function is told the addresses of the test, and can show the states
 * of connections.
 *
 * Calls come from several threads; each thread makes one call at a time. A call that blocks has a
 * thread of its own, and one thread is in netdev_receive(). A function that the stack does not have
 * is NULL.
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
#include <unistd.h>

/*
 * Each function gets `userdata` first, and then the arguments of the function with the same name in
 * the C library. It returns what that function returns, with errno.
 */
struct packetdrill_interface {
	void *userdata;
	void (*free)(void *userdata); /* the end: nothing is called after it */

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

	/* Gives the stack an IP packet. Returns 0, or -1. */
	int (*netdev_send)(void *userdata, const void *bytes, size_t count);

	/*
	 * Takes the next IP packet that the stack sends. It may wait for one. *count is the room;
	 * it becomes the length of the packet, or 0 when there was none. *time_usecs becomes the
	 * time when it was sent, in microseconds of gettimeofday(). Returns 0, or -1.
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

/* `flags` is the value of --so_flags, or NULL. */
void packetdrill_interface_init(const char *flags, struct packetdrill_interface *interface);

/* ---- what packetdrill does not have, and an object need not have ---- */

enum { TCPCLOSE_STACK_VERSION = 1 };

/* The addresses of a test. For a family that is not played, they are AF_UNSPEC. */
struct tcpclose_world {
	unsigned version; /* of tcpclose: TCPCLOSE_STACK_VERSION */
	struct tcpclose_ends {
		struct sockaddr_storage local;   /* the stack's own address, without a port */
		struct sockaddr_storage gateway; /* the gateway on the way to `remote` */
		struct sockaddr_storage remote;
		unsigned prefix; /* length of the local network's prefix */
	} ipv4, ipv6;
	unsigned mtu;  /* bytes of an IP packet */
	int64_t start; /* 0, or the time that the stack's clock shows: see advance() */
};

/* States and timers. The numbers are those of Linux. */
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
	int64_t expires; /* microseconds until the timer expires */
	uint32_t retransmits, receive_queue, send_queue;
};

struct tcpclose_stack {
	unsigned version; /* set it to TCPCLOSE_STACK_VERSION */
	const char *name; /* "lwIP 2.1.3" */
	unsigned tick;    /* microseconds by which its timers may be late; 0: unknown */
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
 * Called before packetdrill_interface_init(). Returns 0. When the stack cannot work in such a world
 * (because it has no IPv6, for example), it returns -1 and writes a sentence to `why`.
 */
int tcpclose_stack_init(const struct tcpclose_world *world, struct tcpclose_stack *stack, char *why,
                        size_t size);

#endif
