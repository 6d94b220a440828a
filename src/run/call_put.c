/* The values of a call are laid out in memory as its row says: a case for each kind of argument. */
#include "run/live_call.h"

#include <linux/capability.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "program/records.h"

/* ---- memory ---- */

struct call_block {
	struct call_block *next;
	_Alignas(16) char memory[];
};

/* Zeroed, and valid until the call is over. */
static void *take(struct live_call *call, size_t size)
{
	size_t rounded = (size + 15) & ~(size_t)15;

	if (rounded <= CALL_MEMORY - call->used) {
		void *memory = call->memory + call->used;
		call->used += rounded;
		return memory;
	}
	if (call->shared)
		return arena_alloc(call->shared, rounded);
	struct call_block *block = calloc(1, sizeof(*block) + rounded);
	if (!block)
		return NULL;
	block->next = call->more;
	call->more = block;
	return block->memory;
}

void call_release(struct running *run, struct live_call *call)
{
	/* The kernel may still read what a MSG_ZEROCOPY send was given. */
	bool keep = run->settings->send_omit_free && !strncmp(call->want->row->name, "send", 4);
	for (struct call_block *block = call->more, *next; block && !keep; block = next) {
		next = block->next;
		free(block);
	}
}

static void add_output(struct live_call *call, void *bytes, size_t size)
{
	for (size_t i = 0; i < 4; i++)
		if (!call->host.output[i].bytes) {
			call->host.output[i].bytes = bytes;
			call->host.output[i].size = size;
			return;
		}
}

/* ---- values ---- */

static void *put_sockaddr(struct running *run, struct live_call *call, socklen_t *length)
{
	struct sockaddr_storage *storage = take(call, sizeof(*storage));
	enum syscall_effect effect = call->want->row->effect;
	bool remote = effect == EFFECT_CONNECT || effect == EFFECT_SEND_TO;

	if (!storage)
		return NULL;
	*length = ip_address_to_sockaddr(
		remote ? &run->addresses->connect : &run->addresses->bind,
		remote ? run->settings->connect_port : run->settings->bind_port, storage);
	return storage;
}

static void *put_address(struct running *run, struct live_call *call, const struct value *value)
{
	socklen_t length;

	if (value->kind == VALUE_ANY)
		return put_sockaddr(run, call, &length);
	struct sockaddr_storage *storage = take(call, sizeof(*storage));
	if (storage && value->kind == VALUE_NUMBER)
		storage->ss_family = (sa_family_t)value->number;
	else if (storage)
		memcpy(storage, value->bytes, value->length);
	return storage;
}

/* The length that goes with the address before it. */
static long address_size(struct running *run, const struct value *size, const struct value *address)
{
	struct sockaddr_storage storage;

	if (size->kind == VALUE_NUMBER)
		return (long)size->number;
	if (address->kind == VALUE_BYTES)
		return (long)address->length;
	if (address->kind == VALUE_NUMBER)
		return sizeof(storage);
	return (long)ip_address_to_sockaddr(&run->addresses->bind, 0, &storage);
}

static void *put_bytes(struct live_call *call, const struct value *value, size_t size)
{
	char *memory = take(call, size > value->length ? size : value->length);

	if (memory && value->kind == VALUE_BYTES)
		memcpy(memory, value->bytes, value->length);
	return memory;
}

static struct iovec *put_iovec(struct live_call *call, const struct value *list)
{
	struct iovec *iov = take(call, (list->count + 1) * sizeof(*iov));

	for (size_t i = 0; iov && i < list->count; i++) {
		const struct value *record = &list->items[i];

		iov[i].iov_len = (size_t)record->items[1].number;
		iov[i].iov_base = put_bytes(call, &record->items[0], iov[i].iov_len);
		if (!iov[i].iov_base)
			return NULL;
	}
	return iov;
}

void call_put_record(struct running *run, const struct value *record, void *memory)
{
	for (size_t i = 0; i < record->count; i++) {
		const struct value *item = &record->items[i];
		int64_t number = item->number;

		if (item->field->type == FIELD_DESCRIPTOR)
			number = descriptors_live(run->descriptors, number);
		if (item->field->type == FIELD_BYTES)
			memcpy((char *)memory + item->field->offset, item->bytes, item->length);
		else
			record_put(item->field, memory, number);
	}
}

static void *put_option(struct running *run, struct live_call *call, const struct value *value,
                        size_t size)
{
	if (value->kind == VALUE_NUMBER)
		return NULL;
	if (value->kind == VALUE_BYTES)
		return put_bytes(call, value, size);
	if (value->kind == VALUE_RECORD) {
		void *memory = take(call, value->layout->size > size ? value->layout->size : size);
		if (memory)
			call_put_record(run, value, memory);
		return memory;
	}
	int64_t *number = take(call, size > sizeof(*number) ? size : sizeof(*number));
	if (number && size == sizeof(*number))
		*number = value->items[0].number;
	else if (number)
		*(int32_t *)number = (int32_t)value->items[0].number;
	return number;
}

/* Room for an option: what the script says, or the whole structure. */
static size_t option_room(const struct value *option, const struct value *room)
{
	if (room->kind == VALUE_LIST && room->items[0].number >= 0)
		return (size_t)room->items[0].number;
	if (room->kind == VALUE_LIST)
		return 0;
	return option->kind == VALUE_RECORD  ? option->layout->size
	       : option->kind == VALUE_BYTES ? option->length
	                                     : sizeof(int);
}

const struct value *call_member(const struct value *record, const char *name)
{
	for (size_t i = 0; i < record->count; i++)
		if (record->items[i].name && !strcmp(record->items[i].name, name))
			return &record->items[i];
	return NULL;
}

int64_t call_member_number(const struct value *record, const char *name)
{
	const struct value *value = call_member(record, name);

	return value && value->kind == VALUE_NUMBER ? value->number : 0;
}

static struct msghdr *put_message(struct running *run, struct live_call *call,
                                  const struct value *record, bool out)
{
	struct msghdr *message = take(call, sizeof(*message));
	const struct value *name = call_member(record, "msg_name"),
			   *iov = call_member(record, "msg_iov");
	const struct value *control = call_member(record, "msg_control");

	if (!message)
		return NULL;
	if (name && name->kind == VALUE_ANY && !out) {
		message->msg_name = put_sockaddr(run, call, &message->msg_namelen);
	} else if (name && name->kind == VALUE_ANY) {
		message->msg_name = take(call, sizeof(struct sockaddr_storage));
		message->msg_namelen = sizeof(struct sockaddr_storage);
	}
	if (iov) {
		message->msg_iov = put_iovec(call, iov);
		message->msg_iovlen = iov->count;
	}
	if (control && (out || control->count)) {
		message->msg_control = take(call, CONTROL_ROOM);
		message->msg_controllen = message->msg_control ? CONTROL_ROOM : 0;
		if (!out && message->msg_control)
			call_put_control(run, message, control);
	}
	if (out) {
		add_output(call, message, sizeof(*message));
		add_output(call, message->msg_control, message->msg_controllen);
		add_output(call, message->msg_iovlen ? message->msg_iov[0].iov_base : NULL,
		           message->msg_iovlen ? message->msg_iov[0].iov_len : 0);
	}
	message->msg_flags = out ? 0 : (int)call_member_number(record, "msg_flags");
	return message;
}

static struct pollfd *put_poll(struct running *run, struct live_call *call,
                               const struct value *list)
{
	struct pollfd *fds = take(call, (list->count + 1) * sizeof(*fds));

	for (size_t i = 0; fds && i < list->count; i++) {
		call_put_record(run, &list->items[i], &fds[i]);
		fds[i].revents = 0;
	}
	return fds;
}

static struct timespec *put_timeout(struct live_call *call, int64_t milliseconds)
{
	struct timespec *timeout = milliseconds < 0 ? NULL : take(call, sizeof(*timeout));

	if (timeout)
		*timeout = (struct timespec){ milliseconds / 1000, milliseconds % 1000 * 1000000 };
	return timeout;
}

static void *put_capability_header(struct live_call *call)
{
	struct __user_cap_header_struct *header = take(call, sizeof(*header));

	if (header)
		header->version = _LINUX_CAPABILITY_VERSION_3;
	return header;
}

/*
 * All capabilities of this process, but for the one that the call sets or clears in one of the
 * sets.
 */
static void *put_capabilities(struct live_call *call)
{
	const struct value *arguments = call->want->arguments;
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct *data = take(call, 2 * sizeof(*data));

	if (!data || syscall(SYS_capget, &header, data) != 0)
		return data;
	struct __user_cap_data_struct *half = &data[arguments[1].number / 32];
	uint32_t *set = arguments[0].number == 0   ? &half->effective
	                : arguments[0].number == 1 ? &half->permitted
	                                           : &half->inheritable;
	uint32_t bit = 1u << arguments[1].number % 32;
	*set = arguments[2].number ? *set | bit : *set & ~bit;
	return data;
}

/* Memory to read into. Nobody looks at it, unless the script expects a string there. */
static void *put_room(struct running *run, struct live_call *call, const struct value *value,
                      size_t size)
{
	if (value->kind == VALUE_BYTES || call->want->blocking || call->shared)
		return take(call, size);
	if (!run->sink || run->sink_size < size) {
		run->sink = arena_alloc(run->arena, size ? size : 1);
		run->sink_size = size;
	}
	return run->sink;
}

static size_t size_at(const struct call_want *want, size_t index)
{
	return index < want->count && want->arguments[index].kind == VALUE_NUMBER &&
	                       want->arguments[index].number > 0
	               ? (size_t)want->arguments[index].number
	               : 0;
}

/* Sets *argument; false when memory ran out. */
static bool put_argument(struct running *run, struct live_call *call, size_t i, long *argument)
{
	const struct call_want *want = call->want;
	const struct value *v = &want->arguments[i], *before = i ? v - 1 : NULL;
	bool null = v->kind == VALUE_NUMBER && v->number == 0;

	void *memory = NULL;
	switch (want->row->arguments[i]) {
	case ARG_NONE:
	case ARG_UNUSED:
		*argument = 0;
		return true;
	case ARG_INT:
	case ARG_SIZE:
	case ARG_COUNT:
	case ARG_OPTION_SIZE:
		*argument = (long)v->number;
		return true;
	case ARG_DOMAIN:
		*argument = v->kind == VALUE_ANY ? run->addresses->domain : (long)v->number;
		return true;
	case ARG_FD:
		*argument = descriptors_live(run->descriptors, v->number);
		return true;
	case ARG_ADDRESS_SIZE:
		*argument = address_size(run, v, before);
		return true;
	case ARG_BUFFER_IN:
		memory = null ? NULL : put_bytes(call, v, size_at(want, i + 1));
		break;
	case ARG_BUFFER_OUT:
		memory = null ? NULL : put_room(run, call, v, size_at(want, i + 1));
		add_output(call, memory, memory ? size_at(want, i + 1) : 0);
		break;
	case ARG_ADDRESS_IN:
		memory = put_address(run, call, v);
		null = false;
		break;
	case ARG_ADDRESS_OUT:
		memory = null ? NULL : take(call, sizeof(struct sockaddr_storage));
		add_output(call, memory, memory ? sizeof(struct sockaddr_storage) : 0);
		break;
	case ARG_ADDRESS_ROOM:
		memory = null ? NULL : take(call, sizeof(socklen_t));
		if (memory)
			*(socklen_t *)memory = sizeof(struct sockaddr_storage);
		break;
	case ARG_IOVEC_IN:
	case ARG_IOVEC_OUT:
		memory = put_iovec(call, v);
		if (memory && v->count && want->row->arguments[i] == ARG_IOVEC_OUT)
			add_output(call, ((struct iovec *)memory)->iov_base,
			           ((struct iovec *)memory)->iov_len);
		break;
	case ARG_MESSAGE_IN:
	case ARG_MESSAGE_OUT:
		memory = put_message(run, call, v, want->row->arguments[i] == ARG_MESSAGE_OUT);
		break;
	case ARG_OPTION_IN:
		memory = put_option(run, call, v, size_at(want, i + 1));
		break;
	case ARG_OPTION_OUT:
		memory = take(call, option_room(v, v + 1) + 1);
		add_output(call, memory, option_room(v, v + 1));
		break;
	case ARG_OPTION_ROOM:
		memory = take(call, sizeof(socklen_t));
		if (memory)
			*(socklen_t *)memory = (socklen_t)option_room(before, v);
		add_output(call, memory, sizeof(socklen_t));
		break;
	case ARG_POLL:
		memory = put_poll(run, call, v);
		add_output(call, memory, v->count * sizeof(struct pollfd));
		break;
	case ARG_TIMEOUT:
		memory = put_timeout(call, v->number);
		null = v->number < 0;
		break;
	case ARG_EVENT_IN:
		memory = null ? NULL : take(call, sizeof(struct epoll_event));
		if (memory)
			call_put_record(run, v, memory);
		break;
	case ARG_EVENTS_OUT:
		memory = take(call, (size_at(want, i + 1) + 1) * sizeof(struct epoll_event));
		add_output(call, memory, size_at(want, i + 1) * sizeof(struct epoll_event));
		break;
	case ARG_PAIR_OUT:
		memory = take(call, 2 * sizeof(int));
		add_output(call, memory, 2 * sizeof(int));
		break;
	case ARG_OFFSET:
		memory = null ? NULL : take(call, sizeof(int64_t));
		if (memory)
			*(int64_t *)memory = v->items[0].number;
		add_output(call, memory, memory ? sizeof(int64_t) : 0);
		break;
	case ARG_INT_REF:
		memory = take(call, sizeof(int));
		if (memory)
			*(int *)memory = (int)v->items[0].number;
		add_output(call, memory, sizeof(int));
		break;
	case ARG_PATH:
		memory = put_bytes(call, v, v->length + 1);
		break;
	case ARG_CAPABILITY_SET:
		memory = put_capability_header(call);
		break;
	case ARG_CAPABILITY:
		memory = put_capabilities(call);
		break;
	case ARGUMENT_KINDS:
		break;
	}
	*argument = (long)memory;
	return memory || null;
}

bool call_put(struct running *run, struct live_call *call)
{
	const struct call_want *want = call->want;
	const struct syscall_row *row = want->row;

	call->host.name = row->name;
	call->host.number = row->number;
	call->host.process = run->processes[want->process].host_number;
	if (row->prefixed)
		call->host.arguments[0] = row->prefix;
	for (size_t i = 0; i < want->count; i++) {
		if (put_argument(run, call, i, &call->host.arguments[i + row->prefixed]))
			continue;
		return run_end(run, VERDICT_INVALID, call->step->where, "out of memory for %s",
		               row->name);
	}
	return true;
}
