#include "stacks/process_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "program/symbols.h"
#include "stacks/stack_link.h"
#include "wire/address.h"

enum { FD_MAX = 1024, PACKET_WAIT = 100, PIECES = 16 };

struct process_stack {
	struct stack_link *link;
	char name[100];
	atomic_bool nonblocking[FD_MAX]; /* for F_GETFL */
};

static struct stack_link *link_of(void *userdata)
{
	return ((struct process_stack *)userdata)->link;
}

/* ---- words ---- */

enum { END_WORDS = IP_ADDRESS_TEXT + 8 };

/* "192.0.2.1 8080"; "none 0" for AF_UNSPEC. */
static const char *print_end(const struct sockaddr *end, socklen_t length, char text[END_WORDS])
{
	struct sockaddr_storage storage = { 0 };
	struct ip_address address;
	char name[IP_ADDRESS_TEXT];
	uint16_t port;

	if (end)
		memcpy(&storage, end, length < sizeof(storage) ? length : sizeof(storage));
	if (ip_address_from_sockaddr(&storage, &address, &port))
		snprintf(text, END_WORDS, "%s %u", ip_address_print(&address, name), port);
	else
		snprintf(text, END_WORDS, "none 0");
	return text;
}

/* The same, read. */
static void read_end(char *words, struct sockaddr *end, socklen_t *length)
{
	struct sockaddr_storage storage = { 0 };
	struct ip_address address;
	socklen_t size = 0;
	int64_t port;
	char *name, *number;

	if (!end || !length)
		return;
	if (protocol_word(&words, &name) && ip_address_parse(name, &address) &&
	    protocol_word(&words, &number) && protocol_number(number, 0, UINT16_MAX, &port))
		size = ip_address_to_sockaddr(&address, (uint16_t)port, &storage);
	memcpy(end, &storage, *length < size ? *length : size);
	*length = size;
}

/* Its name, or its number where it has none. */
static const char *name_of(enum symbol_group group, int number, char text[32])
{
	const char *name = symbol_name(group, number);

	if (name)
		snprintf(text, 32, "%s", name);
	else
		snprintf(text, 32, "%d", number);
	return text;
}

static const char *option_words(int level, int option, char text[80])
{
	enum symbol_group group = level == SOL_SOCKET     ? SYMBOL_SOCKET_OPTION
	                          : level == IPPROTO_TCP  ? SYMBOL_TCP_OPTION
	                          : level == IPPROTO_IPV6 ? SYMBOL_IPV6_OPTION
	                                                  : SYMBOL_IP_OPTION;
	char first[32], second[32];

	snprintf(text, 80, "%s %s", name_of(SYMBOL_LEVEL, level, first),
	         name_of(group, option, second));
	return text;
}

/* ---- calls ---- */

/* What the call returned; -1 with errno. */
static long result_of(bool answered, const struct answer *answer)
{
	if (!answered)
		return -1;
	errno = answer->message.error;
	return (long)answer->message.number;
}

__attribute__((format(printf, 2, 3))) static int call(void *userdata, const char *format, ...)
{
	struct answer answer = { .room = NULL };
	char words[PROTOCOL_LINE - 64];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	return (int)result_of(
		stack_link_ask(link_of(userdata), &answer, "call", NULL, 0, "%s", words), &answer);
}

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
	char family[32], name[32];

	(void)protocol;
	fd = call(userdata, "socket %s %s", name_of(SYMBOL_FAMILY, domain, family),
	          name_of(SYMBOL_SOCKET_TYPE, kind, name));
	set_nonblocking(userdata, fd, false);
	if (fd >= 0 && type & SOCK_NONBLOCK)
		call_nonblock(userdata, fd, true);
	return fd;
}

static int call_bind(void *userdata, int fd, const struct sockaddr *end, socklen_t length)
{
	char text[END_WORDS];

	return call(userdata, "bind %d %s", fd, print_end(end, length, text));
}

static int call_listen(void *userdata, int fd, int backlog)
{
	return call(userdata, "listen %d %d", fd, backlog);
}

static int call_accept(void *userdata, int fd, struct sockaddr *end, socklen_t *length)
{
	struct answer answer = { .room = NULL };
	int result = (int)result_of(
		stack_link_ask(link_of(userdata), &answer, "call", NULL, 0, "accept %d", fd),
		&answer);

	if (result >= 0)
		read_end(answer.message.words, end, length);
	set_nonblocking(userdata, result, false);
	return result;
}

static int call_connect(void *userdata, int fd, const struct sockaddr *end, socklen_t length)
{
	char text[END_WORDS];

	return call(userdata, "connect %d %s", fd, print_end(end, length, text));
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
	result = result_of(stack_link_ask(link_of(userdata), &answer, "call", NULL, 0,
	                                  "recv %d %zu %d", fd, answer.size, flags),
	                   &answer);
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
		long result = result_of(stack_link_ask(link_of(userdata), &answer, "call", &piece,
		                                       1, "send %d %d", fd, flags),
		                        &answer);

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
	char name[32];

	return call(userdata, "shutdown %d %s", fd, name_of(SYMBOL_SHUTDOWN, how, name));
}

static int call_getsockopt(void *userdata, int fd, int level, int option, void *value,
                           socklen_t *length)
{
	struct answer answer = { .room = value, .size = *length };
	char words[80];
	int result = (int)result_of(stack_link_ask(link_of(userdata), &answer, "call", NULL, 0,
	                                           "getsockopt %d %s %u", fd,
	                                           option_words(level, option, words), *length),
	                            &answer);

	if (result == 0)
		*length = (socklen_t)answer.filled;
	return result;
}

static int call_setsockopt(void *userdata, int fd, int level, int option, const void *value,
                           socklen_t length)
{
	const struct iovec part = { (void *)value, length };
	struct answer answer = { .room = NULL };
	char words[80];

	return (int)result_of(stack_link_ask(link_of(userdata), &answer, "call", &part, 1,
	                                     "setsockopt %d %s", fd,
	                                     option_words(level, option, words)),
	                      &answer);
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
	char name[32];

	va_start(arguments, request);
	answer.room = va_arg(arguments, void *);
	va_end(arguments);
	if (request == FIONBIO)
		return call_nonblock(userdata, fd, answer.room && *(int *)answer.room);
	return (int)result_of(stack_link_ask(link_of(userdata), &answer, "call", NULL, 0,
	                                     "ioctl %d %s", fd,
	                                     name_of(SYMBOL_IOCTL, (int)request, name)),
	                      &answer);
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
	result = (int)result_of(stack_link_ask(link_of(userdata), &answer, "call", NULL, 0,
	                                       "poll %d%s", timeout, words),
	                        &answer);
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

/* ---- packets, time, states ---- */

static int netdev_send(void *userdata, const void *bytes, size_t count)
{
	return stack_link_packet(link_of(userdata), bytes, count) ? 0 : -1;
}

static int netdev_receive(void *userdata, void *bytes, size_t *count, long long *time_usecs)
{
	stack_link_next(link_of(userdata), bytes, count, time_usecs, PACKET_WAIT);
	return 0;
}

static int netdev_look(void *userdata, void *bytes, size_t *count, long long *time_usecs)
{
	stack_link_next(link_of(userdata), bytes, count, time_usecs, 0);
	return 0;
}

static int now(void *userdata, struct timeval *time, struct timezone *zone)
{
	int64_t usecs = stack_link_now(link_of(userdata));

	(void)zone;
	*time = (struct timeval){ usecs / USEC_PER_SEC, usecs % USEC_PER_SEC };
	return 0;
}

static int64_t advance(void *userdata, int64_t until)
{
	return stack_link_advance(link_of(userdata), until);
}

static int state(void *userdata, const struct sockaddr *local, const struct sockaddr *remote,
                 struct tcpclose_state *seen)
{
	struct answer answer = { .room = NULL };
	char ends[2][END_WORDS];
	socklen_t length = sizeof(struct sockaddr_in6);

	if (!stack_link_ask(link_of(userdata), &answer, "state", NULL, 0, "%s %s",
	                    print_end(local, length, ends[0]),
	                    print_end(remote, length, ends[1])) ||
	    answer.message.kind != MESSAGE_STATE)
		return -1;
	*seen = answer.message.state;
	return 0;
}

static const char *trouble(void *userdata)
{
	return stack_link_trouble(link_of(userdata));
}

static void end(void *userdata)
{
	stack_link_close(link_of(userdata));
	free(userdata);
}

/* ---- what it offers ---- */

static const struct packetdrill_interface all = {
	/* clang-format off */
	.free = end,                   .socket = call_socket,
	.bind = call_bind,             .listen = call_listen,
	.accept = call_accept,         .connect = call_connect,
	.read = call_read,             .readv = call_readv,
	.recv = call_recv,             .recvmsg = call_recvmsg,
	.write = call_write,           .writev = call_writev,
	.send = call_send,             .sendmsg = call_sendmsg,
	.fcntl = call_fcntl,           .ioctl = call_ioctl,
	.close = call_close,           .shutdown = call_shutdown,
	.getsockopt = call_getsockopt, .setsockopt = call_setsockopt,
	.poll = call_poll,             .netdev_send = netdev_send,
	/* clang-format on */
};

#define TAKES(member, field)                                        \
	static void takes_##member(struct packetdrill_interface *i) \
	{                                                           \
		i->field = all.field;                               \
	}
TAKES(socket, socket)
TAKES(bind, bind)
TAKES(listen, listen)
TAKES(accept, accept)
TAKES(connect, connect)
TAKES(close, close)
TAKES(shutdown, shutdown)
TAKES(getsockopt, getsockopt)
TAKES(setsockopt, setsockopt)
TAKES(nonblock, fcntl)
TAKES(ioctl, ioctl)
TAKES(poll, poll)

static void takes_recv(struct packetdrill_interface *i)
{
	i->read = all.read;
	i->readv = all.readv;
	i->recv = all.recv;
	i->recvmsg = all.recvmsg;
}

static void takes_send(struct packetdrill_interface *i)
{
	i->write = all.write;
	i->writev = all.writev;
	i->send = all.send;
	i->sendmsg = all.sendmsg;
}

static const struct {
	const char *name;
	void (*take)(struct packetdrill_interface *interface);
} rows[] = {
	/* clang-format off */
	{ "socket",     takes_socket },     { "bind",       takes_bind },
	{ "listen",     takes_listen },     { "accept",     takes_accept },
	{ "connect",    takes_connect },    { "recv",       takes_recv },
	{ "send",       takes_send },       { "close",      takes_close },
	{ "shutdown",   takes_shutdown },   { "getsockopt", takes_getsockopt },
	{ "setsockopt", takes_setsockopt }, { "nonblock",   takes_nonblock },
	{ "ioctl",      takes_ioctl },      { "poll",       takes_poll },
	/* clang-format on */
};

/* One word of hello: "state", "clock", or a call. */
static bool take_offer(const char *word, struct stack_source *source)
{
	if (!strcmp(word, "state"))
		source->more.state = state;
	else if (!strcmp(word, "clock"))
		source->more.advance = advance;
	else {
		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			if (!strcmp(rows[i].name, word)) {
				rows[i].take(&source->functions);
				return true;
			}
		return false;
	}
	return true;
}

/* "socket bind listen state clock name Tiny TCP": the name is the rest of the line. */
static enum fault take_hello(struct process_stack *stack, char *words, struct stack_source *source,
                             char *error)
{
	char *word;

	snprintf(stack->name, sizeof(stack->name), "this stack");
	while (protocol_word(&words, &word)) {
		if (!strcmp(word, "name")) {
			snprintf(stack->name, sizeof(stack->name), "%.99s", words);
			break;
		}
		if (!take_offer(word, source))
			return fault_say(FAULT_BROKEN, error,
			                 "the stack offers '%.40s', which nobody knows", word);
	}
	return FAULT_NONE;
}

enum fault process_calls_open(const struct tcpclose_world *world, const char *command,
                              struct stack_source *source, char error[FAULT_TEXT])
{
	struct process_stack *stack = calloc(1, sizeof(*stack));
	struct answer hello = { .room = NULL };
	enum fault failure = FAULT_BROKEN;

	memset(source, 0, sizeof(*source));
	if (!stack)
		return fault_say(FAULT_BROKEN, error, "%s", strerror(errno));
	stack->link = stack_link_open(world, command, &hello, &failure, error);
	if (stack->link)
		failure = take_hello(stack, hello.message.words, source, error);
	if (failure != FAULT_NONE) {
		if (stack->link)
			stack_link_close(stack->link);
		free(stack);
		return failure;
	}
	source->functions.userdata = stack;
	source->functions.free = all.free;
	source->functions.netdev_send = all.netdev_send;
	source->functions.netdev_receive = world->start ? netdev_look : netdev_receive;
	source->functions.gettimeofday = world->start ? now : NULL;
	source->more.version = TCPCLOSE_STACK_VERSION;
	source->more.name = stack->name;
	source->trouble = trouble;
	return FAULT_NONE;
}
