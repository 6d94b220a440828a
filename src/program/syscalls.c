#include "program/syscalls.h"

#include <assert.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>

#include "host/ring_call.h"

#define NUMBER RESULT_NUMBER
#define NEW_FD RESULT_DESCRIPTOR

#define ROW_OF(name_, number_, result_, effect_, ...)                           \
	.name = name_, .number = number_, .result = result_, .effect = effect_, \
	.arguments = { __VA_ARGS__ }
#define ROW(...)                    \
	{                           \
		ROW_OF(__VA_ARGS__) \
	}

/* Newer machines have only dup3(), which behaves differently when both numbers are equal. */
#ifdef SYS_dup2
#define DUP2 SYS_dup2
#else
#define DUP2 SYS_dup3
#endif

/* It is newer than many a machine's headers; the number is the same on all. */
#ifdef SYS_epoll_pwait2
#define EPOLL_PWAIT2 SYS_epoll_pwait2
#else
#define EPOLL_PWAIT2 441
#endif

/* So are these. */
#define CLOSE_RANGE 436
#define PIDFD_SIGNAL 424
#define PIDFD_OPEN 434

/* A call that only some machines have is made by the one that all have (poll by ppoll). */
static const struct syscall_row rows[] = {
	/* clang-format off */
	/* name            number               result  effect           arguments */
	ROW("socket",       SYS_socket,        NEW_FD, EFFECT_SOCKET,  ARG_DOMAIN, ARG_TYPE, ARG_PROTOCOL),
	ROW("bind",         SYS_bind,          NUMBER, EFFECT_NONE,    ARG_FD, ARG_ADDRESS_IN, ARG_ADDRESS_SIZE),
	ROW("listen",       SYS_listen,        NUMBER, EFFECT_LISTEN,  ARG_FD, ARG_INT),
	ROW("accept",       SYS_accept4,       NEW_FD, EFFECT_ACCEPT,  ARG_FD, ARG_ADDRESS_OUT, ARG_ADDRESS_ROOM),
	ROW("accept4",      SYS_accept4,       NEW_FD, EFFECT_ACCEPT,  ARG_FD, ARG_ADDRESS_OUT, ARG_ADDRESS_ROOM, ARG_INT),
	ROW("connect",      SYS_connect,       NUMBER, EFFECT_CONNECT, ARG_FD, ARG_ADDRESS_IN, ARG_ADDRESS_SIZE),
	ROW("getsockname",  SYS_getsockname,   NUMBER, EFFECT_NONE,    ARG_FD, ARG_OWN_ADDRESS_OUT, ARG_ADDRESS_ROOM),
	ROW("getpeername",  SYS_getpeername,   NUMBER, EFFECT_NONE,    ARG_FD, ARG_ADDRESS_OUT, ARG_ADDRESS_ROOM),
	ROW("read",         SYS_read,          NUMBER, EFFECT_NONE,    ARG_FD, ARG_BUFFER_OUT, ARG_SIZE),
	ROW("readv",        SYS_readv,         NUMBER, EFFECT_NONE,    ARG_FD, ARG_IOVEC_OUT, ARG_COUNT),
	ROW("recv",         SYS_recvfrom,      NUMBER, EFFECT_NONE,    ARG_FD, ARG_BUFFER_OUT, ARG_SIZE, ARG_FLAGS),
	ROW("recvfrom",     SYS_recvfrom,      NUMBER, EFFECT_NONE,    ARG_FD, ARG_BUFFER_OUT, ARG_SIZE, ARG_FLAGS, ARG_ADDRESS_OUT, ARG_ADDRESS_ROOM),
	ROW("recvmsg",      SYS_recvmsg,       NUMBER, EFFECT_NONE,    ARG_FD, ARG_MESSAGE_OUT, ARG_FLAGS),
	ROW("write",        SYS_write,         NUMBER, EFFECT_NONE,    ARG_FD, ARG_BUFFER_IN, ARG_SIZE),
	ROW("writev",       SYS_writev,        NUMBER, EFFECT_NONE,    ARG_FD, ARG_IOVEC_IN, ARG_COUNT),
	ROW("send",         SYS_sendto,        NUMBER, EFFECT_NONE,    ARG_FD, ARG_BUFFER_IN, ARG_SIZE, ARG_FLAGS),
	ROW("sendto",       SYS_sendto,        NUMBER, EFFECT_SEND_TO, ARG_FD, ARG_BUFFER_IN, ARG_SIZE, ARG_FLAGS, ARG_ADDRESS_IN, ARG_ADDRESS_SIZE),
	ROW("sendmsg",      SYS_sendmsg,       NUMBER, EFFECT_SEND_TO, ARG_FD, ARG_MESSAGE_IN, ARG_FLAGS),
	ROW("recvmmsg",     SYS_recvmmsg,      NUMBER, EFFECT_NONE,    ARG_FD, ARG_MESSAGES_OUT, ARG_COUNT, ARG_FLAGS, ARG_TIMESPEC),
	ROW("sendmmsg",     SYS_sendmmsg,      NUMBER, EFFECT_NONE,    ARG_FD, ARG_MESSAGES_IN, ARG_COUNT, ARG_FLAGS),
	ROW("close",        SYS_close,         NUMBER, EFFECT_CLOSE,   ARG_FD),
	ROW("close_range",  CLOSE_RANGE,       NUMBER, EFFECT_CLOSE_RANGE, ARG_FIRST_FD, ARG_LAST_FD, ARG_INT),
	ROW("unshare",      SYS_unshare,       NUMBER, EFFECT_NONE,    ARG_INT),
	ROW("shutdown",     SYS_shutdown,      NUMBER, EFFECT_NONE,    ARG_FD, ARG_INT),
	ROW("getsockopt",   SYS_getsockopt,    NUMBER, EFFECT_NONE,    ARG_FD, ARG_LEVEL, ARG_OPTION, ARG_OPTION_OUT, ARG_OPTION_ROOM),
	ROW("setsockopt",   SYS_setsockopt,    NUMBER, EFFECT_NONE,    ARG_FD, ARG_LEVEL, ARG_OPTION, ARG_OPTION_IN, ARG_OPTION_SIZE),
	{ ROW_OF("fcntl", SYS_fcntl,  NUMBER, EFFECT_NONE, ARG_FD, ARG_COMMAND, ARG_INT), .optional = 1 },
	{ ROW_OF("fcntl", SYS_fcntl,  NEW_FD, EFFECT_DUP,  ARG_FD, ARG_COMMAND, ARG_INT), .commanded = true, .command = F_DUPFD },
	{ ROW_OF("fcntl", SYS_fcntl,  NEW_FD, EFFECT_DUP,  ARG_FD, ARG_COMMAND, ARG_INT), .commanded = true, .command = F_DUPFD_CLOEXEC },
	{ ROW_OF("fcntl", SYS_fcntl,  NUMBER, EFFECT_NONE, ARG_FD, ARG_COMMAND, ARG_OWNER), .commanded = true, .command = F_SETOWN },
	{ ROW_OF("ioctl", SYS_ioctl,  NUMBER, EFFECT_NONE, ARG_FD, ARG_REQUEST, ARG_INT_REF), .optional = 1 },
	ROW("poll",         SYS_ppoll,         NUMBER, EFFECT_NONE,    ARG_POLL, ARG_COUNT, ARG_TIMEOUT),
	ROW("ppoll",        SYS_ppoll,         NUMBER, EFFECT_NONE,    ARG_POLL, ARG_COUNT, ARG_TIMESPEC, ARG_SIGNAL_SET),
	ROW("select",       SYS_pselect6,      NUMBER, EFFECT_NONE,    ARG_FD_COUNT, ARG_FD_SET, ARG_FD_SET, ARG_FD_SET, ARG_TIMEVAL),
	ROW("pselect",      SYS_pselect6,      NUMBER, EFFECT_NONE,    ARG_FD_COUNT, ARG_FD_SET, ARG_FD_SET, ARG_FD_SET, ARG_TIMESPEC, ARG_SIGNAL_SET),
	ROW("dup",          SYS_dup,           NEW_FD, EFFECT_DUP,     ARG_FD),
	ROW("dup2",         DUP2,              NEW_FD, EFFECT_DUP,     ARG_FD, ARG_NEW_FD),
	ROW("dup3",         SYS_dup3,          NEW_FD, EFFECT_DUP,     ARG_FD, ARG_NEW_FD, ARG_INT),
	ROW("socketpair",   SYS_socketpair,    NUMBER, EFFECT_PAIR,    ARG_DOMAIN, ARG_TYPE, ARG_PROTOCOL, ARG_PAIR_OUT),
	ROW("pipe",         SYS_pipe2,         NUMBER, EFFECT_PAIR,    ARG_PAIR_OUT),
	ROW("pipe2",        SYS_pipe2,         NUMBER, EFFECT_PAIR,    ARG_PAIR_OUT, ARG_INT),
	ROW("eventfd",      SYS_eventfd2,      NEW_FD, EFFECT_NONE,    ARG_INT, ARG_INT),
	{ ROW_OF("open",  SYS_openat, NEW_FD, EFFECT_NONE, ARG_PATH, ARG_INT, ARG_INT), .optional = 1, .prefix = AT_FDCWD, .prefixed = 1 },
	ROW("sendfile",     SYS_sendfile,      NUMBER, EFFECT_NONE,    ARG_FD, ARG_FD, ARG_OFFSET, ARG_INT),
	ROW("splice",       SYS_splice,        NUMBER, EFFECT_NONE,    ARG_FD, ARG_OFFSET, ARG_FD, ARG_OFFSET, ARG_INT, ARG_INT),
	ROW("vmsplice",     SYS_vmsplice,      NUMBER, EFFECT_NONE,    ARG_FD, ARG_IOVEC_IN, ARG_COUNT, ARG_INT),
	ROW("epoll_create", SYS_epoll_create1, NEW_FD, EFFECT_NONE,    ARG_UNUSED),
	ROW("epoll_create1", SYS_epoll_create1, NEW_FD, EFFECT_NONE,    ARG_INT),
	ROW("epoll_ctl",    SYS_epoll_ctl,     NUMBER, EFFECT_NONE,    ARG_FD, ARG_INT, ARG_FD, ARG_EVENT_IN),
	ROW("epoll_wait",   SYS_epoll_pwait,   NUMBER, EFFECT_NONE,    ARG_FD, ARG_EVENTS_OUT, ARG_INT, ARG_INT),
	ROW("epoll_pwait",  SYS_epoll_pwait,   NUMBER, EFFECT_NONE,    ARG_FD, ARG_EVENTS_OUT, ARG_INT, ARG_INT, ARG_SIGNAL_SET),
	ROW("epoll_pwait2", EPOLL_PWAIT2,      NUMBER, EFFECT_NONE,    ARG_FD, ARG_EVENTS_OUT, ARG_INT, ARG_TIMESPEC, ARG_SIGNAL_SET),
	ROW("memfd_create", SYS_memfd_create,  NEW_FD, EFFECT_NONE,    ARG_PATH, ARG_INT),
	ROW("preadv2",      SYS_preadv2,       NUMBER, EFFECT_NONE,    ARG_FD, ARG_IOVEC_OUT, ARG_COUNT, ARG_INT, ARG_INT, ARG_INT),
	ROW("pwritev2",     SYS_pwritev2,      NUMBER, EFFECT_NONE,    ARG_FD, ARG_IOVEC_IN, ARG_COUNT, ARG_INT, ARG_INT, ARG_INT),
	ROW("pidfd_open",   PIDFD_OPEN,        NEW_FD, EFFECT_NONE,    ARG_PROCESS, ARG_INT),
	ROW("pidfd_send_signal", PIDFD_SIGNAL, NUMBER, EFFECT_NONE,    ARG_FD, ARG_INT, ARG_SIGNAL_SET, ARG_INT),
	/* liburing's: see host/ring_call.h. */
	ROW("io_uring_queue_init", RING_INIT,  NEW_FD, EFFECT_NONE,    ARG_INT, ARG_INT),
	ROW("io_uring_submit", RING_SUBMIT,    NUMBER, EFFECT_NONE,    ARG_FD, ARG_REQUESTS, ARG_COUNT),
	ROW("io_uring_wait_cqes", RING_WAIT,   NUMBER, EFFECT_NONE,    ARG_FD, ARG_COMPLETIONS, ARG_COUNT, ARG_TIMESPEC),
	/* libcap's: which set, which capability, CAP_SET or CAP_CLEAR; the third is in the data. */
	ROW("setuid",       SYS_setuid,        NUMBER, EFFECT_NONE,    ARG_INT),
	ROW("cap_set",      SYS_capset,        NUMBER, EFFECT_NONE,    ARG_CAPABILITY_SET, ARG_CAPABILITY, ARG_CAPABILITY_ON),
	/* clang-format on */
};

const struct syscall_row *syscall_at(size_t index)
{
	return index < sizeof(rows) / sizeof(*rows) ? &rows[index] : NULL;
}

const struct syscall_row *syscall_find(const char *name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (!strcmp(rows[i].name, name) && !rows[i].commanded)
			return &rows[i];
	return NULL;
}

const struct syscall_row *syscall_commanded(const struct syscall_row *row, int64_t command)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].commanded && rows[i].command == command &&
		    !strcmp(rows[i].name, row->name))
			return &rows[i];
	return row;
}

size_t syscall_arity(const struct syscall_row *row)
{
	size_t n = 0;

	while (n < 6 && row->arguments[n] != ARG_NONE)
		n++;
	return n;
}

const struct value *call_argument_of(const struct call_want *call, enum argument_kind kind)
{
	for (size_t i = 0; i < call->count; i++)
		if (call->row->arguments[i] == kind)
			return &call->arguments[i];
	return NULL;
}

bool call_only_marks(const struct call_want *call)
{
	enum { CLOEXEC = 4 }; /* CLOSE_RANGE_CLOEXEC, linux/close_range.h */
	const struct value *flags = call_argument_of(call, ARG_INT);

	return flags && flags->number & CLOEXEC;
}

const char *argument_wants(enum argument_kind kind)
{
	static const char *const wants[] = {
		[ARG_NONE] = "nothing",
		[ARG_INT] = "a number",
		[ARG_FLAGS] = "flags",
		[ARG_UNUSED] = "a number",
		[ARG_DOMAIN] = "... or an address family",
		[ARG_TYPE] = "a type of socket",
		[ARG_PROTOCOL] = "a protocol",
		[ARG_FD] = "a descriptor",
		[ARG_FIRST_FD] = "the lowest of the descriptors",
		[ARG_LAST_FD] = "the highest of the descriptors",
		[ARG_NEW_FD] = "the number of the new descriptor",
		[ARG_PROCESS] = "the name of a process",
		[ARG_FD_COUNT] = "the highest descriptor of the lists, plus one",
		[ARG_FD_SET] = "[{fd=N, isset=1}, ...] or NULL",
		[ARG_COMMAND] = "a command",
		[ARG_OWNER] = "... or the number of a process",
		[ARG_REQUEST] = "a request",
		[ARG_BUFFER_IN] = "..., a string, or NULL",
		[ARG_BUFFER_OUT] = "..., the string that is expected, or NULL",
		[ARG_SIZE] = "a number of bytes",
		[ARG_ADDRESS_IN] = ("..., AF_UNSPEC, or {sa_family=AF_INET, sin_port=htons(N), "
		                    "sin_addr=inet_addr(\"A\")}"),
		[ARG_ADDRESS_OUT] = ("..., NULL, or {sa_family=..., sin_port=htons(N), "
		                     "sin_addr=...}"),
		[ARG_OWN_ADDRESS_OUT] = ("..., NULL, or {sa_family=..., sin_port=htons(N), "
		                         "sin_addr=...}"),
		[ARG_ADDRESS_SIZE] = "... or a number of bytes",
		[ARG_ADDRESS_ROOM] = "... or NULL",
		[ARG_IOVEC_IN] = "[{..., N}, ...]",
		[ARG_IOVEC_OUT] = "[{..., N}, ...]",
		[ARG_COUNT] = "the number of elements in the list",
		[ARG_MESSAGE_IN] = "{msg_name(...)=..., msg_iov(N)=[{..., N}], msg_flags=0}",
		[ARG_MESSAGE_OUT] = "{msg_name(...)=..., msg_iov(N)=[{..., N}], msg_flags=0}",
		[ARG_MESSAGES_IN] = "[{msg_hdr={msg_iov(1)=[{..., N}]}, msg_len=N}, ...]",
		[ARG_MESSAGES_OUT] = "[{msg_hdr={msg_iov(1)=[{..., N}]}, msg_len=N}, ...]",
		[ARG_LEVEL] = "a level of options",
		[ARG_OPTION] = "the number of an option",
		[ARG_OPTION_IN] = "[N], {name=value, ...} or a string",
		[ARG_OPTION_OUT] = "[N], {name=value, ...}, a string or ...",
		[ARG_OPTION_SIZE] = "a number of bytes",
		[ARG_OPTION_ROOM] = "[N]",
		[ARG_POLL] = "[{fd=N, events=POLLIN, revents=0}, ...]",
		[ARG_TIMEOUT] = "milliseconds",
		[ARG_TIMESPEC] = "{tv_sec=N, tv_nsec=N}, or NULL",
		[ARG_TIMEVAL] = "{tv_sec=N, tv_usec=N}, or NULL",
		[ARG_SIGNAL_SET] = "NULL",
		[ARG_EVENT_IN] = "{events=EPOLLIN, fd=N}",
		[ARG_EVENTS_OUT] = "{events=EPOLLIN, fd=N}, a list of them, or ...",
		[ARG_PAIR_OUT] = "[N, M]",
		[ARG_OFFSET] = "[N] or NULL",
		[ARG_INT_REF] = "[N] or ...",
		[ARG_PATH] = "a string",
		[ARG_REQUESTS] = "[{opcode=IORING_OP_CLOSE, fd=N, user_data=N}, ...]",
		[ARG_COMPLETIONS] = "[{user_data=N, res=N}, ...]",
		[ARG_CAPABILITY_SET] = "CAP_EFFECTIVE, CAP_PERMITTED or CAP_INHERITABLE",
		[ARG_CAPABILITY] = "a capability",
		[ARG_CAPABILITY_ON] = "CAP_SET or CAP_CLEAR",
	};

	static_assert(sizeof(wants) / sizeof(*wants) == ARGUMENT_KINDS, "every kind has its words");
	return wants[kind];
}
