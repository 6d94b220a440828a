/* What the small programs have in common that the scripts of scripts/programs test. */
#ifndef TCPCLOSE_TESTS_SUBJECT_H
#define TCPCLOSE_TESTS_SUBJECT_H

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Exit statuses, for wait(NAME) = N in a script. */
enum { FINE = 0, BROKEN = 1, PEER_RESET = 2, PIPE_BROKEN = 3, SHORT = 4, USAGE = 64 };

static inline void nap(double seconds)
{
	struct timespec time = { (time_t)seconds,
		                 (long)((seconds - (double)(time_t)seconds) * 1e9) };

	nanosleep(&time, NULL);
}

static inline void fail(const char *what)
{
	perror(what);
	exit(errno == ECONNRESET ? PEER_RESET : errno == EPIPE ? PIPE_BROKEN : BROKEN);
}

static inline void set_buffer(int fd, int option, int size)
{
	if (size && setsockopt(fd, SOL_SOCKET, option, &size, sizeof(size)) != 0)
		fail("setsockopt");
}

/* Connects. A buffer size of 0 is left as it is. */
static inline int connect_to(const char *address, const char *port, int receive_buffer)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST }, *info;

	if (getaddrinfo(address, port, &hints, &info) != 0) {
		fprintf(stderr, "%s: no address\n", address);
		exit(USAGE);
	}
	int fd = socket(info->ai_family, SOCK_STREAM, 0);
	if (fd < 0)
		fail("socket");
	set_buffer(fd, SO_RCVBUF, receive_buffer);
	if (connect(fd, info->ai_addr, info->ai_addrlen) != 0)
		fail("connect");
	freeaddrinfo(info);
	return fd;
}

/* Waits for one connection on a port, of each family that is there, and then stops listening. */
static inline int accept_one(const char *port, int send_buffer)
{
	in_port_t number = htons((uint16_t)atoi(port));
	struct sockaddr_in6 any6 = { .sin6_family = AF_INET6, .sin6_port = number };
	struct sockaddr_in any4 = { .sin_family = AF_INET, .sin_port = number };
	struct sockaddr *any = (struct sockaddr *)&any6;
	socklen_t size = sizeof(any6);
	int listener = socket(AF_INET6, SOCK_STREAM, 0), on = 1, off = 0;

	if (listener < 0 && errno == EAFNOSUPPORT) {
		any = (struct sockaddr *)&any4;
		size = sizeof(any4);
		listener = socket(AF_INET, SOCK_STREAM, 0);
	}
	if (listener < 0)
		fail("socket");
	setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	set_buffer(listener, SO_SNDBUF, send_buffer);
	if (bind(listener, any, size) != 0 || listen(listener, 1) != 0)
		fail("listen");
	int fd = accept(listener, NULL, NULL);
	if (fd < 0)
		fail("accept");
	close(listener);
	return fd;
}

#endif
