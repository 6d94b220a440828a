#define _GNU_SOURCE /* struct mmsghdr */
#include "run/call_put.h"

#include <assert.h>
#include <linux/capability.h>
#include <linux/sockios.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "host/ring_call.h"
#include "program/records.h"
#include "run/call_address.h"
#include "run/call_control.h"
#include "run/call_fd_set.h"
#include "run/call_memory.h"
#include "run/ring.h"
#include "run/tell.h"

/*
 * Sets *argument to what the call is given for the i-th argument of the script. Returns false when
 * there is no memory.
 */
typedef bool put_function(struct running *run, struct live_call *call, size_t i, long *argument);

static const struct value *value_at(const struct live_call *call, size_t i)
{
	return &call->want->arguments[i];
}

static bool is_null(const struct value *value)
{
	return value->kind == VALUE_NUMBER && value->number == 0;
}

/* The number in the argument after the i-th, which says how large that is. */
static size_t size_after(const struct live_call *call, size_t i)
{
	const struct value *size = value_at(call, i + 1);

	return i + 1 < call->want->count && size->kind == VALUE_NUMBER && size->number > 0
	               ? (size_t)size->number
	               : 0;
}

static bool give(long *argument, const void *memory)
{
	*argument = (long)memory;
	return memory;
}

/* Gives the call memory that it only writes. */
static bool give_empty(struct live_call *call, size_t size, long *argument)
{
	return give(argument, call_take(call, size)) &&
	       call_output(call, (void *)*argument, size, OUTPUT_EMPTY);
}

/* ---- numbers ---- */

static bool put_nothing(struct running *run, struct live_call *call, size_t i, long *argument)
{
	(void)run;
	(void)call;
	(void)i;
	*argument = 0;
	return true;
}

static bool put_number(struct running *run, struct live_call *call, size_t i, long *argument)
{
	(void)run;
	*argument = (long)value_at(call, i)->number;
	return true;
}

/* Signals are counted in the process of the test, also when a twin makes the call. */
static bool put_owner(struct running *run, struct live_call *call, size_t i, long *argument)
{
	const struct value *value = value_at(call, i);

	(void)run;
	*argument = value->kind == VALUE_ANY ? getpid() : (long)value->number;
	return true;
}

static bool put_domain(struct running *run, struct live_call *call, size_t i, long *argument)
{
	const struct value *value = value_at(call, i);

	*argument = value->kind == VALUE_ANY ? run->addresses->domain : (long)value->number;
	return true;
}

static bool put_descriptor(struct running *run, struct live_call *call, size_t i, long *argument)
{
	*argument = descriptors_live(run->actors.descriptors, value_at(call, i)->number);
	return true;
}

/*
 * Where nothing is open in between, a number that the kernel never gives: the call closes nothing.
 */
static bool put_range(struct running *run, struct live_call *call, bool last, long *argument)
{
	const struct value *from = call_argument_of(call->want, ARG_FIRST_FD),
			   *to = call_argument_of(call->want, ARG_LAST_FD);
	int lowest, highest;

	if (!descriptors_range(run->actors.descriptors, from->number, to->number, &lowest,
	                       &highest))
		return run_end(run, ENDING_BROKEN, from->where,
		               "the kernel's numbers of these are not side by side; those that "
		               "dup2() gives are");
	*argument = last ? highest : lowest;
	return true;
}

static bool put_first_descriptor(struct running *run, struct live_call *call, size_t i,
                                 long *argument)
{
	(void)i;
	return put_range(run, call, false, argument);
}

static bool put_last_descriptor(struct running *run, struct live_call *call, size_t i,
                                long *argument)
{
	(void)i;
	return put_range(run, call, true, argument);
}

static bool put_process(struct running *run, struct live_call *call, size_t i, long *argument)
{
	call->host.about = run->actors.list[value_at(call, i)->number].host_number;
	*argument = call->host.about;
	return true;
}

static bool put_fd_count(struct running *run, struct live_call *call, size_t i, long *argument)
{
	*argument = value_at(call, i)->number < 0 ? -1 : call_fd_count(run, call);
	return true;
}

static bool put_fd_set(struct running *run, struct live_call *call, size_t i, long *argument)
{
	*argument = 0;
	return is_null(value_at(call, i)) ||
	       give(argument, call_take_fd_set(run, call, value_at(call, i)));
}

static bool put_new_descriptor(struct running *run, struct live_call *call, size_t i,
                               long *argument)
{
	*argument = descriptors_to_be(run->actors.descriptors, value_at(call, i)->number);
	return true;
}

/* ---- addresses ---- */

/* The call goes to the other end, or else names its own. */
static enum call_end_point end_point(const struct live_call *call)
{
	enum syscall_effect effect = call->want->row->effect;

	return effect == EFFECT_CONNECT || effect == EFFECT_SEND_TO ? CALL_REMOTE : CALL_OWN;
}

static void *take_sockaddr(struct running *run, struct live_call *call, socklen_t *length)
{
	struct sockaddr_storage *storage = call_take(call, sizeof(*storage));

	if (storage)
		*length = call_address_put(run, call, end_point(call), storage);
	return storage;
}

static bool put_address_in(struct running *run, struct live_call *call, size_t i, long *argument)
{
	const struct value *value = value_at(call, i);
	struct sockaddr_storage *storage;
	socklen_t length;

	if (value->kind == VALUE_ANY)
		return give(argument, take_sockaddr(run, call, &length));
	storage = call_take(call, sizeof(*storage));
	if (storage && value->kind == VALUE_NUMBER)
		storage->ss_family = (sa_family_t)value->number;
	else if (storage)
		call_address_write(run, call, end_point(call), value, storage);
	return give(argument, storage);
}

/* The length of the address in the argument before this one. */
static bool put_address_size(struct running *run, struct live_call *call, size_t i, long *argument)
{
	const struct value *size = value_at(call, i), *address = value_at(call, i - 1);
	struct sockaddr_storage storage;

	if (size->kind == VALUE_NUMBER)
		*argument = (long)size->number;
	else if (address->kind == VALUE_BYTES)
		*argument = (long)address->length;
	else if (address->kind == VALUE_NUMBER)
		*argument = sizeof(storage);
	else
		*argument = (long)ip_address_to_sockaddr(&run->addresses->bind, 0, &storage);
	return true;
}

static bool put_address_out(struct running *run, struct live_call *call, size_t i, long *argument)
{
	(void)run;
	*argument = 0;
	return is_null(value_at(call, i)) ||
	       give_empty(call, sizeof(struct sockaddr_storage), argument);
}

static bool put_address_room(struct running *run, struct live_call *call, size_t i, long *argument)
{
	socklen_t *room;

	(void)run;
	*argument = 0;
	if (is_null(value_at(call, i)))
		return true;
	room = call_take(call, sizeof(*room));
	if (room)
		*room = sizeof(struct sockaddr_storage);
	return give(argument, room) && call_output(call, room, sizeof(*room), OUTPUT_GIVEN);
}

/* ---- data ---- */

static void *take_bytes(struct live_call *call, const struct value *value, size_t size)
{
	char *memory = call_take(call, size > value->length ? size : value->length);

	if (memory && value->kind == VALUE_BYTES)
		memcpy(memory, value->bytes, value->length);
	return memory;
}

static bool put_buffer_in(struct running *run, struct live_call *call, size_t i, long *argument)
{
	const struct value *value = value_at(call, i);

	(void)run;
	*argument = 0;
	return is_null(value) || give(argument, take_bytes(call, value, size_after(call, i)));
}

/*
 * Gives the call memory to read into. Nobody looks at it, unless the script expects a string there.
 */
static bool put_buffer_out(struct running *run, struct live_call *call, size_t i, long *argument)
{
	const struct value *value = value_at(call, i);
	size_t size = size_after(call, i);

	*argument = 0;
	if (is_null(value))
		return true;
	if (value->kind == VALUE_BYTES)
		return give_empty(call, size, argument);
	if (call->want->blocking || call->shared)
		return give(argument, call_take(call, size)) &&
		       call_output(call, (void *)*argument, size, OUTPUT_UNSEEN);
	if (!run->sink.memory || run->sink.size < size) {
		run->sink.memory = arena_alloc(run->arena, size ? size : 1);
		run->sink.size = size;
	}
	return give(argument, run->sink.memory) &&
	       call_output(call, run->sink.memory, size, OUTPUT_UNSEEN);
}

static struct iovec *take_iovec(struct live_call *call, const struct value *list, bool out)
{
	struct iovec *iov = call_take(call, (list->count + 1) * sizeof(*iov));

	for (size_t i = 0; iov && i < list->count; i++) {
		const struct value *record = &list->items[i], *bytes = &record->items[0];
		enum output_kind kind = bytes->kind == VALUE_BYTES ? OUTPUT_EMPTY : OUTPUT_UNSEEN;

		iov[i].iov_len = (size_t)record->items[1].number;
		iov[i].iov_base = out ? call_take(call, iov[i].iov_len)
		                      : take_bytes(call, bytes, iov[i].iov_len);
		if (!iov[i].iov_base ||
		    (out && !call_output(call, iov[i].iov_base, iov[i].iov_len, kind)))
			return NULL;
	}
	return iov;
}

static bool put_iovec_in(struct running *run, struct live_call *call, size_t i, long *argument)
{
	(void)run;
	return give(argument, take_iovec(call, value_at(call, i), false));
}

static bool put_iovec_out(struct running *run, struct live_call *call, size_t i, long *argument)
{
	(void)run;
	return give(argument, take_iovec(call, value_at(call, i), true));
}

static bool put_path(struct running *run, struct live_call *call, size_t i, long *argument)
{
	(void)run;
	return give(argument, take_bytes(call, value_at(call, i), value_at(call, i)->length + 1));
}

/* ---- messages ---- */

/* Returns false when there was no memory for a part that the script has written. */
static bool fill_message_in(struct running *run, struct live_call *call, const struct value *record,
                            struct msghdr *message)
{
	const struct value *name = call_member(record, "msg_name"),
			   *iov = call_member(record, "msg_iov"),
			   *control = call_member(record, "msg_control");

	message->msg_flags = (int)call_member_number(record, "msg_flags");
	if (name && name->kind == VALUE_ANY &&
	    !(message->msg_name = take_sockaddr(run, call, &message->msg_namelen)))
		return false;
	if (iov) {
		message->msg_iov = take_iovec(call, iov, false);
		message->msg_iovlen = iov->count;
	}
	if (control && control->count) {
		message->msg_control = call_take(call, CONTROL_ROOM);
		message->msg_controllen = CONTROL_ROOM;
		if (!message->msg_control)
			return false;
		call_put_control(run, message, control);
	}
	return !iov || message->msg_iov;
}

static bool put_message_in(struct running *run, struct live_call *call, size_t i, long *argument)
{
	struct msghdr *message = call_take(call, sizeof(*message));

	return give(argument, message) && fill_message_in(run, call, value_at(call, i), message);
}

static bool put_messages_in(struct running *run, struct live_call *call, size_t i, long *argument)
{
	const struct value *list = value_at(call, i);
	struct mmsghdr *messages = call_take(call, (list->count + 1) * sizeof(*messages));
	bool good = give(argument, messages);

	for (size_t k = 0; good && k < list->count; k++)
		good = fill_message_in(run, call, call_member(&list->items[k], "msg_hdr"),
		                       &messages[k].msg_hdr) &&
		       call_output(call, &messages[k].msg_len, sizeof(messages[k].msg_len),
		                   OUTPUT_EMPTY);
	return good;
}

static bool give_control(struct live_call *call, struct msghdr *message)
{
	message->msg_control = call_take(call, CONTROL_ROOM);
	message->msg_controllen = CONTROL_ROOM;
	return call_output(call, &message->msg_controllen, sizeof(message->msg_controllen),
	                   OUTPUT_GIVEN) &&
	       call_output(call, message->msg_control, CONTROL_ROOM, OUTPUT_EMPTY) &&
	       message->msg_control;
}

static bool give_name(struct live_call *call, struct msghdr *message)
{
	message->msg_namelen = sizeof(struct sockaddr_storage);
	message->msg_name = call_take(call, message->msg_namelen);
	return call_output(call, &message->msg_namelen, sizeof(message->msg_namelen),
	                   OUTPUT_GIVEN) &&
	       call_output(call, message->msg_name, message->msg_namelen, OUTPUT_EMPTY) &&
	       message->msg_name;
}

static bool fill_message_out(struct live_call *call, const struct value *record,
                             struct msghdr *message)
{
	const struct value *name = call_member(record, "msg_name"),
			   *iov = call_member(record, "msg_iov");

	if (!call_output(call, &message->msg_flags, sizeof(message->msg_flags), OUTPUT_EMPTY) ||
	    (name && name->kind == VALUE_ANY && !give_name(call, message)) ||
	    (call_member(record, "msg_control") && !give_control(call, message)))
		return false;
	if (iov) {
		message->msg_iov = take_iovec(call, iov, true);
		message->msg_iovlen = iov->count;
	}
	return !iov || message->msg_iov;
}

static bool put_message_out(struct running *run, struct live_call *call, size_t i, long *argument)
{
	struct msghdr *message = call_take(call, sizeof(*message));

	(void)run;
	return give(argument, message) && fill_message_out(call, value_at(call, i), message);
}

static bool put_messages_out(struct running *run, struct live_call *call, size_t i, long *argument)
{
	const struct value *list = value_at(call, i);
	struct mmsghdr *messages = call_take(call, (list->count + 1) * sizeof(*messages));
	bool good = give(argument, messages);

	(void)run;
	for (size_t k = 0; good && k < list->count; k++)
		good = fill_message_out(call, call_member(&list->items[k], "msg_hdr"),
		                        &messages[k].msg_hdr) &&
		       call_output(call, &messages[k].msg_len, sizeof(messages[k].msg_len),
		                   OUTPUT_EMPTY);
	return good;
}

/* ---- options ---- */

static void *take_record(struct running *run, struct live_call *call, const struct value *record,
                         size_t size)
{
	void *memory = call_take(call, record->layout->size > size ? record->layout->size : size);

	if (memory)
		call_put_record(run, record, memory);
	return memory;
}

static void *take_integer(struct live_call *call, int64_t value, size_t size)
{
	int64_t *number = call_take(call, size > sizeof(*number) ? size : sizeof(*number));

	if (number && size == sizeof(*number))
		*number = value;
	else if (number)
		*(int32_t *)number = (int32_t)value;
	return number;
}

static bool put_option_in(struct running *run, struct live_call *call, size_t i, long *argument)
{
	const struct value *value = value_at(call, i);
	size_t size = size_after(call, i);

	*argument = 0;
	switch (value->kind) {
	case VALUE_BYTES:
		return give(argument, take_bytes(call, value, size));
	case VALUE_RECORD:
		return give(argument, take_record(run, call, value, size));
	case VALUE_LIST:
		return give(argument, take_integer(call, value->items[0].number, size));
	case VALUE_NUMBER: /* NULL */
	case VALUE_ANY:
		break;
	}
	return true;
}

/* The room for an option: what the script says, or else the whole structure. */
static size_t option_room(const struct value *option, const struct value *room)
{
	if (room->kind == VALUE_LIST)
		return room->items[0].number >= 0 ? (size_t)room->items[0].number : 0;
	return option->kind == VALUE_RECORD  ? option->layout->size
	       : option->kind == VALUE_BYTES ? option->length
	                                     : sizeof(int);
}

/* Tells whether getsockopt() also reads the memory of this option. Then it is given zeros. */
static bool option_is_read(const struct value *level, const struct value *option)
{
	enum { ZEROCOPY_RECEIVE = 35, AO_GET_KEYS = 41 }; /* linux/tcp.h */

	return level->number == IPPROTO_TCP &&
	       (option->number == ZEROCOPY_RECEIVE || option->number == AO_GET_KEYS);
}

static bool put_option_out(struct running *run, struct live_call *call, size_t i, long *argument)
{
	const struct value *value = value_at(call, i);
	size_t room = option_room(value, value + 1);
	bool is_read = option_is_read(call_argument_of(call->want, ARG_LEVEL),
	                              call_argument_of(call->want, ARG_OPTION));

	(void)run;
	return give(argument, call_take(call, room + 1)) &&
	       call_output(call, (void *)*argument, room, is_read ? OUTPUT_GIVEN : OUTPUT_EMPTY);
}

static bool put_option_room(struct running *run, struct live_call *call, size_t i, long *argument)
{
	socklen_t *room = call_take(call, sizeof(*room));

	(void)run;
	if (room)
		*room = (socklen_t)option_room(value_at(call, i - 1), value_at(call, i));
	return give(argument, room) && call_output(call, room, sizeof(*room), OUTPUT_GIVEN);
}

/* ---- poll, epoll ---- */

static bool put_poll(struct running *run, struct live_call *call, size_t i, long *argument)
{
	const struct value *list = value_at(call, i);
	struct pollfd *fds = call_take(call, (list->count + 1) * sizeof(*fds));

	for (size_t k = 0; fds && k < list->count; k++) {
		call_put_record(run, &list->items[k], &fds[k]);
		if (!call_output(call, &fds[k].revents, sizeof(fds[k].revents), OUTPUT_EMPTY))
			return false;
	}
	return give(argument, fds);
}

static bool put_timeout(struct running *run, struct live_call *call, size_t i, long *argument)
{
	int64_t milliseconds = value_at(call, i)->number;
	struct timespec *timeout;

	(void)run;
	*argument = 0;
	if (milliseconds < 0)
		return true;
	timeout = call_take(call, sizeof(*timeout));
	if (timeout)
		*timeout = timespec_of_usec(milliseconds * USEC_PER_MSEC);
	return give(argument, timeout);
}

static bool put_timespec(struct running *run, struct live_call *call, size_t i, long *argument)
{
	const struct value *value = value_at(call, i);

	*argument = 0;
	return is_null(value) ||
	       give(argument, take_record(run, call, value, sizeof(struct timespec)));
}

static bool put_timeval(struct running *run, struct live_call *call, size_t i, long *argument)
{
	const struct value *value = value_at(call, i);
	struct timeval interval = { 0 };
	struct timespec *timeout;

	*argument = 0;
	if (is_null(value))
		return true;
	call_put_record(run, value, &interval);
	timeout = call_take(call, sizeof(*timeout));
	if (timeout)
		*timeout = (struct timespec){ interval.tv_sec, interval.tv_usec * 1000 };
	return give(argument, timeout);
}

static bool put_event(struct running *run, struct live_call *call, size_t i, long *argument)
{
	const struct value *value = value_at(call, i);

	*argument = 0;
	return is_null(value) ||
	       give(argument, take_record(run, call, value, sizeof(struct epoll_event)));
}

static bool put_events_out(struct running *run, struct live_call *call, size_t i, long *argument)
{
	size_t count = size_after(call, i);

	(void)run;
	return count > 0 ? give_empty(call, count * sizeof(struct epoll_event), argument)
	                 : give(argument, call_take(call, sizeof(struct epoll_event)));
}

/* ---- single numbers in memory ---- */

static bool put_pair_out(struct running *run, struct live_call *call, size_t i, long *argument)
{
	(void)run;
	(void)i;
	return give_empty(call, 2 * sizeof(int), argument);
}

static bool put_offset(struct running *run, struct live_call *call, size_t i, long *argument)
{
	const struct value *value = value_at(call, i);
	int64_t *offset;

	(void)run;
	*argument = 0;
	if (is_null(value))
		return true;
	offset = call_take(call, sizeof(*offset));
	if (offset)
		*offset = value->items[0].number;
	return give(argument, offset) && call_output(call, offset, sizeof(*offset), OUTPUT_GIVEN);
}

/* Requests of ioctl() that read nothing, so that the memory holds only the answer. */
static bool is_question(int64_t request)
{
	static const int64_t questions[] = { FIONREAD,  SIOCOUTQ,  SIOCOUTQNSD, SIOCATMARK,
		                             FIOGETOWN, SIOCGPGRP, SIOCGSTAMP,  SIOCGSTAMPNS };

	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++)
		if (questions[i] == request)
			return true;
	return false;
}

static bool put_int_ref(struct running *run, struct live_call *call, size_t i, long *argument)
{
	enum { IOCTL_ROOM = 64 }; /* some requests use more than an int: struct ifreq */
	bool question = is_question(call_argument_of(call->want, ARG_REQUEST)->number);
	int *number = call_take(call, IOCTL_ROOM);

	(void)run;
	if (number && value_at(call, i)->kind != VALUE_ANY)
		*number = (int)value_at(call, i)->items[0].number;
	return give(argument, number) &&
	       call_output(call, number, sizeof(*number), question ? OUTPUT_EMPTY : OUTPUT_GIVEN);
}

/* ---- rings ---- */

static bool put_requests(struct running *run, struct live_call *call, size_t i, long *argument)
{
	return give(argument, ring_take_requests(run, call, value_at(call, i)));
}

static bool put_completions(struct running *run, struct live_call *call, size_t i, long *argument)
{
	size_t count = value_at(call, i)->count;

	(void)run;
	return count > 0 ? give_empty(call, count * sizeof(struct ring_completion), argument)
	                 : give(argument, call_take(call, sizeof(struct ring_completion)));
}

/* ---- capabilities ---- */

static bool put_capability_set(struct running *run, struct live_call *call, size_t i,
                               long *argument)
{
	struct __user_cap_header_struct *header = call_take(call, sizeof(*header));

	(void)run;
	(void)i;
	if (header)
		header->version = _LINUX_CAPABILITY_VERSION_3;
	return give(argument, header);
}

/* All capabilities of this process, but the call sets or clears one of them in one of the sets. */
static bool put_capabilities(struct running *run, struct live_call *call, size_t i, long *argument)
{
	const struct value *set_name = call_argument_of(call->want, ARG_CAPABILITY_SET),
			   *capability = value_at(call, i),
			   *state = call_argument_of(call->want, ARG_CAPABILITY_ON);
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct *data = call_take(call, 2 * sizeof(*data)), *half;
	uint32_t *set, bit;

	(void)run;
	if (!give(argument, data) || syscall(SYS_capget, &header, data) != 0)
		return data;
	half = &data[capability->number / 32];
	set = set_name->number == 0   ? &half->effective
	      : set_name->number == 1 ? &half->permitted
	                              : &half->inheritable;
	bit = 1u << capability->number % 32;
	*set = state->number ? *set | bit : *set & ~bit;
	return true;
}

/* ---- the table: how each kind of argument is written ---- */

static put_function *const puts_of[] = {
	/* clang-format off */
	[ARG_NONE]           = put_nothing,
	[ARG_INT]            = put_number,
	[ARG_FLAGS]          = put_number,
	[ARG_UNUSED]         = put_nothing,
	[ARG_DOMAIN]         = put_domain,
	[ARG_TYPE]           = put_number,
	[ARG_PROTOCOL]       = put_number,
	[ARG_FD]             = put_descriptor,
	[ARG_FIRST_FD]       = put_first_descriptor,
	[ARG_LAST_FD]        = put_last_descriptor,
	[ARG_NEW_FD]         = put_new_descriptor,
	[ARG_PROCESS]        = put_process,
	[ARG_FD_COUNT]       = put_fd_count,
	[ARG_FD_SET]         = put_fd_set,
	[ARG_COMMAND]        = put_number,
	[ARG_OWNER]          = put_owner,
	[ARG_REQUEST]        = put_number,
	[ARG_BUFFER_IN]      = put_buffer_in,
	[ARG_BUFFER_OUT]     = put_buffer_out,
	[ARG_SIZE]           = put_number,
	[ARG_ADDRESS_IN]     = put_address_in,
	[ARG_ADDRESS_OUT]    = put_address_out,
	[ARG_OWN_ADDRESS_OUT] = put_address_out,
	[ARG_ADDRESS_SIZE]   = put_address_size,
	[ARG_ADDRESS_ROOM]   = put_address_room,
	[ARG_IOVEC_IN]       = put_iovec_in,
	[ARG_IOVEC_OUT]      = put_iovec_out,
	[ARG_COUNT]          = put_number,
	[ARG_MESSAGE_IN]     = put_message_in,
	[ARG_MESSAGE_OUT]    = put_message_out,
	[ARG_MESSAGES_IN]    = put_messages_in,
	[ARG_MESSAGES_OUT]   = put_messages_out,
	[ARG_LEVEL]          = put_number,
	[ARG_OPTION]         = put_number,
	[ARG_OPTION_IN]      = put_option_in,
	[ARG_OPTION_OUT]     = put_option_out,
	[ARG_OPTION_SIZE]    = put_number,
	[ARG_OPTION_ROOM]    = put_option_room,
	[ARG_POLL]           = put_poll,
	[ARG_TIMEOUT]        = put_timeout,
	[ARG_TIMESPEC]       = put_timespec,
	[ARG_TIMEVAL]        = put_timeval,
	[ARG_SIGNAL_SET]     = put_nothing,
	[ARG_EVENT_IN]       = put_event,
	[ARG_EVENTS_OUT]     = put_events_out,
	[ARG_PAIR_OUT]       = put_pair_out,
	[ARG_OFFSET]         = put_offset,
	[ARG_INT_REF]        = put_int_ref,
	[ARG_PATH]           = put_path,
	[ARG_REQUESTS]       = put_requests,
	[ARG_COMPLETIONS]    = put_completions,
	[ARG_CAPABILITY_SET] = put_capability_set,
	[ARG_CAPABILITY]     = put_capabilities,
	[ARG_CAPABILITY_ON]  = put_nothing,
	/* clang-format on */
};
static_assert(sizeof(puts_of) / sizeof(*puts_of) == ARGUMENT_KINDS,
              "a kind of argument has no row");

bool call_put(struct running *run, struct live_call *call)
{
	const struct call_want *want = call->want;
	const struct syscall_row *row = want->row;
	bool good = call_outputs_open(call);

	call->host.name = row->name;
	call->host.number = row->number;
	call->host.process = run->actors.list[want->process].host_number;
	if (row->prefixed)
		call->host.arguments[0] = row->prefix;
	for (size_t i = 0; good && i < want->count; i++)
		good = puts_of[row->arguments[i]](run, call, i,
		                                  &call->host.arguments[i + row->prefixed]);
	return good || run_end(run, ENDING_BROKEN, call->step->where,
	                       "there is no memory for the arguments of %s and for what it writes",
	                       row->name);
}
