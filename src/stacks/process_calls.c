#include "stacks/process_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "stacks/process_words.h"

enum { PIECES = 16 };

static struct stack_link *link_of(void *userdata)
{
	return ((struct process_stack *)userdata)->link;
}

/* ---- calls ---- */

/*
 * Makes a call of the stack's, with `bytes` behind it, or NULL. Returns what the call returned; -1
 * with errno. *answer is what came with it.
 */
__attribute__((format(printf, 4, 5))) static long
ask(void *userdata, struct answer *answer, const struct iovec *bytes, const char *format, ...)
{
	char words[PROTOCOL_LINE - 64];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	if (!stack_link_ask(link_of(userdata), answer, "call", bytes, bytes ? 1 : 0, "%s", words))
		return -1;
	errno = answer->message.error;
	return (long)answer->message.number;
}

/* One that brings nothing but its result, which is an int. */
#define call(userdata, ...) \
	((int)ask(userdata, &(struct answer){ .room = NULL }, NULL, __VA_ARGS__))

static void set_nonblocking(void *userdata, int fd, bool on)
{
	if (fd >= 0 && fd < FD_MAX)
		atomic_store(&((struct process_stack *)userdata)->nonblocking[fd], on);
}

static int call_nonblock(void *userdata, int fd, bool on)
{
	int result = call(userdata, "nonblock %d %d", fd, on);

	if (result == 0)
		set_nonblocking(userdata, fd, on);
	return result;
}

static int call_socket(void *userdata, int domain, int type, int protocol)
{
	int kind = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC), fd;
	char family[SYMBOL_WORDS], name[SYMBOL_WORDS];

	(void)protocol;
	fd = call(userdata, "socket %s %s", words_of_symbol(SYMBOL_FAMILY, domain, family),
	          words_of_symbol(SYMBOL_SOCKET_TYPE, kind, name));
	set_nonblocking(userdata, fd, false);
	if (fd >= 0 && type & SOCK_NONBLOCK)
		call_nonblock(userdata, fd, true);
	return fd;
}

static int call_bind(void *userdata, int fd, const struct sockaddr *end, socklen_t length)
{
	char text[END_WORDS];

	return call(userdata, "bind %d %s", fd, words_of_end(end, length, text));
}

static int call_listen(void *userdata, int fd, int backlog)
{
	return call(userdata, "listen %d %d", fd, backlog);
}

static int call_accept(void *userdata, int fd, struct sockaddr *end, socklen_t *length)
{
	struct answer answer = { .room = NULL };
	int result = (int)ask(userdata, &answer, NULL, "accept %d", fd);

	if (result >= 0)
		words_read_end(answer.message.words, end, length);
	set_nonblocking(userdata, result, false);
	return result;
}

static int call_connect(void *userdata, int fd, const struct sockaddr *end, socklen_t length)
{
	char text[END_WORDS];

	return call(userdata, "connect %d %s", fd, words_of_end(end, length, text));
}

static size_t size_of(const struct iovec *vector, size_t count)
{
	size_t size = 0;

	for (size_t i = 0; i < count; i++)
		size += vector[i].iov_len;
	return size;
}

static void scatter(const uint8_t *bytes, size_t length, const struct iovec *vector, size_t count)
{
	for (size_t i = 0; i < count && length; i++) {
		size_t part = vector[i].iov_len < length ? vector[i].iov_len : length;

		memcpy(vector[i].iov_base, bytes, part);
		bytes += part;
		length -= part;
	}
}

static ssize_t receive(void *userdata, int fd, const struct iovec *vector, size_t count, int flags)
{
	size_t size = size_of(vector, count);
	struct answer answer = { .size = size < PROTOCOL_BYTES ? size : PROTOCOL_BYTES };
	ssize_t result;

	answer.room = malloc(answer.size + 1);
	if (!answer.room)
		return -1;
	result = ask(userdata, &answer, NULL, "recv %d %zu %d", fd, answer.size, flags);
	/* As many as it says are there, or it says nonsense. */
	if (result > (ssize_t)answer.filled && !(flags & MSG_TRUNC)) {
		errno = EBADMSG;
		result = -1;
	}
	if (result > 0)
		scatter(answer.room, answer.filled, vector, count);
	free(answer.room);
	return result;
}

static ssize_t call_readv(void *userdata, int fd, const struct iovec *vector, int count)
{
	return receive(userdata, fd, vector, (size_t)count, 0);
}

static ssize_t call_recv(void *userdata, int fd, void *bytes, size_t size, int flags)
{
	const struct iovec part = { bytes, size };

	return receive(userdata, fd, &part, 1, flags);
}

static ssize_t call_read(void *userdata, int fd, void *bytes, size_t size)
{
	return call_recv(userdata, fd, bytes, size, 0);
}

static ssize_t call_recvmsg(void *userdata, int fd, struct msghdr *message, int flags)
{
	message->msg_flags = 0;
	message->msg_namelen = 0;
	message->msg_controllen = 0;
	return receive(userdata, fd, message->msg_iov, message->msg_iovlen, flags);
}

/* Up to as much as a message holds; a blocking call goes on, as long as all was taken. */
static ssize_t call_send(void *userdata, int fd, const void *bytes, size_t size, int flags)
{
	size_t sent = 0;

	do {
		size_t part = size - sent < PROTOCOL_BYTES ? size - sent : PROTOCOL_BYTES;
		const struct iovec piece = { (uint8_t *)bytes + sent, part };
		struct answer answer = { .room = NULL };
		long result = ask(userdata, &answer, &piece, "send %d %d", fd, flags);

		if (result < 0)
			return sent ? (ssize_t)sent : -1;
		sent += (size_t)result;
		if ((size_t)result != part)
			break;
	} while (sent < size);
	return (ssize_t)sent;
}

static ssize_t call_write(void *userdata, int fd, const void *bytes, size_t size)
{
	return call_send(userdata, fd, bytes, size, 0);
}

static ssize_t gather(void *userdata, int fd, const struct iovec *vector, size_t count, int flags)
{
	size_t size = size_of(vector, count), used = 0;
	uint8_t *bytes = malloc(size + 1);
	ssize_t result;

	if (!bytes)
		return -1;
	for (size_t i = 0; i < count; i++) {
		memcpy(bytes + used, vector[i].iov_base, vector[i].iov_len);
		used += vector[i].iov_len;
	}
	result = call_send(userdata, fd, bytes, size, flags);
	free(bytes);
	return result;
}

static ssize_t call_writev(void *userdata, int fd, const struct iovec *vector, int count)
{
	return gather(userdata, fd, vector, (size_t)count, 0);
}

static ssize_t call_sendmsg(void *userdata, int fd, const struct msghdr *message, int flags)
{
	return gather(userdata, fd, message->msg_iov, message->msg_iovlen, flags);
}

static int call_close(void *userdata, int fd)
{
	return call(userdata, "close %d", fd);
}

static int call_shutdown(void *userdata, int fd, int how)
{
	char name[SYMBOL_WORDS];

	return call(userdata, "shutdown %d %s", fd, words_of_symbol(SYMBOL_SHUTDOWN, how, name));
}

static int call_getsockopt(void *userdata, int fd, int level, int option, void *value,
                           socklen_t *length)
{
	struct answer answer = { .room = value, .size = *length };
	char words[OPTION_WORDS];
	int result = (int)ask(userdata, &answer, NULL, "getsockopt %d %s %u", fd,
	                      words_of_option(level, option, words), *length);

	if (result == 0)
		*length = (socklen_t)answer.filled;
	return result;
}

static int call_setsockopt(void *userdata, int fd, int level, int option, const void *value,
                           socklen_t length)
{
	const struct iovec part = { (void *)value, length };
	struct answer answer = { .room = NULL };
	char words[OPTION_WORDS];

	return (int)ask(userdata, &answer, &part, "setsockopt %d %s", fd,
	                words_of_option(level, option, words));
}

static int call_fcntl(void *userdata, int fd, int command, ...)
{
	struct process_stack *stack = userdata;
	va_list arguments;
	long value;

	va_start(arguments, command);
	value = va_arg(arguments, long);
	va_end(arguments);
	if (command == F_SETFL)
		return call_nonblock(userdata, fd, value & O_NONBLOCK);
	if (command == F_GETFL && fd >= 0 && fd < FD_MAX)
		return O_RDWR | (atomic_load(&stack->nonblocking[fd]) ? O_NONBLOCK : 0);
	errno = EINVAL;
	return -1;
}

static int call_ioctl(void *userdata, int fd, unsigned long request, ...)
{
	struct answer answer = { .size = sizeof(int) };
	va_list arguments;
	char name[SYMBOL_WORDS];

	va_start(arguments, request);
	answer.room = va_arg(arguments, void *);
	va_end(arguments);
	if (request == FIONBIO)
		return call_nonblock(userdata, fd, answer.room && *(int *)answer.room);
	return (int)ask(userdata, &answer, NULL, "ioctl %d %s", fd,
	                words_of_symbol(SYMBOL_IOCTL, (int)request, name));
}

/* "poll TIMEOUT FD:EVENTS ..." gives "N FD:EVENTS ...", the numbers as poll(2) has them. */
static int call_poll(void *userdata, struct pollfd *files, nfds_t count, int timeout)
{
	struct answer answer = { .room = NULL };
	char words[PROTOCOL_LINE / 2] = "", *rest = answer.message.words, *word;
	size_t used = 0;
	int result;

	for (nfds_t i = 0; i < count && i < PIECES; i++)
		used += (size_t)snprintf(words + used, sizeof(words) - used, " %d:%d", files[i].fd,
		                         files[i].events);
	result = (int)ask(userdata, &answer, NULL, "poll %d%s", timeout, words);
	for (nfds_t i = 0; i < count; i++)
		files[i].revents = 0;
	while (result > 0 && protocol_word(&rest, &word)) {
		char *colon = strchr(word, ':');

		for (nfds_t i = 0; colon && i < count; i++)
			if (files[i].fd == atoi(word))
				files[i].revents = (short)atoi(colon + 1);
	}
	return result;
}

/* ---- what it offers ---- */

static const struct packetdrill_interface all = {
	/* clang-format off */
	.socket = call_socket,
	.bind = call_bind,             .listen = call_listen,
	.accept = call_accept,         .connect = call_connect,
	.read = call_read,             .readv = call_readv,
	.recv = call_recv,             .recvmsg = call_recvmsg,
	.write = call_write,           .writev = call_writev,
	.send = call_send,             .sendmsg = call_sendmsg,
	.fcntl = call_fcntl,           .ioctl = call_ioctl,
	.close = call_close,           .shutdown = call_shutdown,
	.getsockopt = call_getsockopt, .setsockopt = call_setsockopt,
	.poll = call_poll,
	/* clang-format on */
};

#define FUNCTION(name) offsetof(struct packetdrill_interface, name)

/* An offer is one function of the interface, or several that are made of it. */
static const struct {
	const char *offer;
	size_t function;
} rows[] = {
	/* clang-format off */
	{ "socket",     FUNCTION(socket) },     { "bind",       FUNCTION(bind) },
	{ "listen",     FUNCTION(listen) },     { "accept",     FUNCTION(accept) },
	{ "connect",    FUNCTION(connect) },
	{ "recv",       FUNCTION(read) },       { "recv",       FUNCTION(readv) },
	{ "recv",       FUNCTION(recv) },       { "recv",       FUNCTION(recvmsg) },
	{ "send",       FUNCTION(write) },      { "send",       FUNCTION(writev) },
	{ "send",       FUNCTION(send) },       { "send",       FUNCTION(sendmsg) },
	{ "close",      FUNCTION(close) },      { "shutdown",   FUNCTION(shutdown) },
	{ "getsockopt", FUNCTION(getsockopt) }, { "setsockopt", FUNCTION(setsockopt) },
	{ "nonblock",   FUNCTION(fcntl) },      { "ioctl",      FUNCTION(ioctl) },
	{ "poll",       FUNCTION(poll) },
	/* clang-format on */
};

bool process_call_offer(struct packetdrill_interface *interface, const char *name)
{
	bool known = false;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(rows[i].offer, name)) {
			memcpy((char *)interface + rows[i].function,
			       (const char *)&all + rows[i].function, sizeof(void (*)(void)));
			known = true;
		}
	return known;
}
