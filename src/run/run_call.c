/*
 * System calls: the values of the program are laid out in memory as the row says, the call is made,
 * and what came back is compared. One function for each direction, a case for each kind of argument.
 */
#include "run/running.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>

#include "program/records.h"
#include "program/symbols.h"
#include "program/syscalls.h"

enum { CALL_MEMORY = 512, CALL_MORE = 12, CONTROL_ROOM = 4096 };

/* A call on its way: the program's, the kernel's, and the memory between them. */
struct live_call {
	const struct call_want *want;
	const struct step *step;
	struct host_call host;
	usec_t due, end;                /* script time; `end` of blocking calls only */
	struct connection *connection;  /* of its first descriptor */
	struct live_call *next;         /* pending */
	size_t used;
	_Alignas(16) char memory[CALL_MEMORY];
	void *more[CALL_MORE];          /* what did not fit */
	size_t more_count;
};

/* ---- memory ---- */

/* Zeroed, and valid until the call is over. */
static void *take(struct live_call *call, size_t size)
{
	size_t rounded = (size + 15) & ~(size_t)15;
	if (rounded <= CALL_MEMORY - call->used) {
		void *memory = call->memory + call->used;
		call->used += rounded;
		return memory;
	}
	void *memory = call->more_count < CALL_MORE ? calloc(1, rounded ? rounded : 16) : NULL;
	if (memory)
		call->more[call->more_count++] = memory;
	return memory;
}

static void release(struct running *run, struct live_call *call)
{
	/* The kernel may still read what a MSG_ZEROCOPY send was given. */
	bool keep = run->settings->send_omit_free && strncmp(call->want->row->name, "send", 4) == 0;
	for (size_t i = 0; i < call->more_count && !keep; i++)
		free(call->more[i]);
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

/* ---- values to memory ---- */

static void *put_sockaddr(struct running *run, struct live_call *call, socklen_t *length)
{
	struct sockaddr_storage *storage = take(call, sizeof *storage);
	enum syscall_effect effect = call->want->row->effect;
	bool remote = effect == EFFECT_CONNECT || effect == EFFECT_SEND_TO;
	if (!storage)
		return NULL;
	*length = ip_address_to_sockaddr(remote ? &run->addresses->connect : &run->addresses->bind,
		remote ? run->settings->connect_port : run->settings->bind_port, storage);
	return storage;
}

static void *put_address(struct running *run, struct live_call *call, const struct value *value)
{
	socklen_t length;
	if (value->kind == VALUE_ANY)
		return put_sockaddr(run, call, &length);
	struct sockaddr_storage *storage = take(call, sizeof *storage);
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
		return sizeof storage;
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
	struct iovec *iov = take(call, (list->count + 1) * sizeof *iov);
	for (size_t i = 0; iov && i < list->count; i++) {
		const struct value *record = &list->items[i];
		iov[i].iov_len = (size_t)record->items[1].number;
		iov[i].iov_base = put_bytes(call, &record->items[0], iov[i].iov_len);
		if (!iov[i].iov_base)
			return NULL;
	}
	return iov;
}

static void put_record(struct running *run, const struct value *record, void *memory)
{
	for (size_t i = 0; i < record->count; i++) {
		const struct value *item = &record->items[i];
		int64_t number = item->number;
		if (item->field->type == FIELD_DESCRIPTOR)
			number = descriptors_live(&run->descriptors, number);
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
			put_record(run, value, memory);
		return memory;
	}
	int64_t *number = take(call, size > sizeof *number ? size : sizeof *number);
	if (number && size == sizeof *number)
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
	return option->kind == VALUE_RECORD ? option->layout->size :
	       option->kind == VALUE_BYTES ? option->length : sizeof(int);
}

static const struct value *member(const struct value *record, const char *name)
{
	for (size_t i = 0; i < record->count; i++)
		if (record->items[i].name && strcmp(record->items[i].name, name) == 0)
			return &record->items[i];
	return NULL;
}

static int64_t member_number(const struct value *record, const char *name)
{
	const struct value *value = member(record, name);
	return value && value->kind == VALUE_NUMBER ? value->number : 0;
}

/* The bytes of cmsg_data: an int, a string, or a structure. */
static size_t control_data(struct running *run, const struct value *data, unsigned char *bytes,
                           size_t room)
{
	if (data && data->kind == VALUE_BYTES && data->length <= room) {
		memcpy(bytes, data->bytes, data->length);
		return data->length;
	}
	if (data && data->kind == VALUE_RECORD && data->layout && data->layout->size <= room) {
		memset(bytes, 0, data->layout->size);
		put_record(run, data, bytes);
		return data->layout->size;
	}
	int32_t number = data ? (int32_t)data->number : 0;
	memcpy(bytes, &number, sizeof number);
	return sizeof number;
}

static void put_control(struct running *run, struct msghdr *message, const struct value *list)
{
	struct cmsghdr *control = CMSG_FIRSTHDR(message);
	size_t length = 0;
	for (size_t i = 0; i < list->count && control; i++) {
		const struct value *item = &list->items[i];
		unsigned char bytes[256];
		size_t n = control_data(run, member(item, "cmsg_data"), bytes, sizeof bytes);
		if (length + CMSG_SPACE(n) > CONTROL_ROOM)
			break;
		control->cmsg_level = (int)member_number(item, "cmsg_level");
		control->cmsg_type = (int)member_number(item, "cmsg_type");
		control->cmsg_len = CMSG_LEN(n);
		memcpy(CMSG_DATA(control), bytes, n);
		length += CMSG_SPACE(n);
		control = (struct cmsghdr *)((char *)message->msg_control + length);
	}
	message->msg_controllen = length;
}

static struct msghdr *put_message(struct running *run, struct live_call *call,
                                  const struct value *record, bool out)
{
	struct msghdr *message = take(call, sizeof *message);
	const struct value *name = member(record, "msg_name"), *iov = member(record, "msg_iov");
	const struct value *control = member(record, "msg_control");
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
			put_control(run, message, control);
	}
	message->msg_flags = out ? 0 : (int)member_number(record, "msg_flags");
	return message;
}

static struct pollfd *put_poll(struct running *run, struct live_call *call, const struct value *list)
{
	struct pollfd *fds = take(call, (list->count + 1) * sizeof *fds);
	for (size_t i = 0; fds && i < list->count; i++) {
		put_record(run, &list->items[i], &fds[i]);
		fds[i].revents = 0;
	}
	return fds;
}

static struct timespec *put_timeout(struct live_call *call, int64_t milliseconds)
{
	struct timespec *timeout = milliseconds < 0 ? NULL : take(call, sizeof *timeout);
	if (timeout)
		*timeout = (struct timespec){ milliseconds / 1000, milliseconds % 1000 * 1000000 };
	return timeout;
}

/* Memory to read into. Nobody looks at it, unless the script expects a string there. */
static void *put_room(struct running *run, struct live_call *call, const struct value *value,
                      size_t size)
{
	if (value->kind == VALUE_BYTES || call->want->blocking)
		return take(call, size);
	if (run->sink_size < size) {
		run->sink = arena_alloc(run->arena, size);
		run->sink_size = size;
	}
	return run->sink;
}

static size_t size_at(const struct call_want *want, size_t index)
{
	return index < want->count && want->arguments[index].kind == VALUE_NUMBER &&
	       want->arguments[index].number > 0 ? (size_t)want->arguments[index].number : 0;
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
		*argument = descriptors_live(&run->descriptors, v->number);
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
			put_record(run, v, memory);
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
	case ARGUMENT_KINDS:
		break;
	}
	*argument = (long)memory;
	return memory || null;
}

static bool put_arguments(struct running *run, struct live_call *call)
{
	const struct call_want *want = call->want;
	const struct syscall_row *row = want->row;
	call->host.name = row->name;
	call->host.number = row->number;
	if (row->prefixed)
		call->host.arguments[0] = row->prefix;
	for (size_t i = 0; i < want->count; i++) {
		if (put_argument(run, call, i, &call->host.arguments[i + row->prefixed]))
			continue;
		return run_end(run, VERDICT_INVALID, call->step->where, "out of memory for %s", row->name);
	}
	return true;
}

/* ---- memory against values ---- */

static bool differs(struct running *run, const struct live_call *call, struct range where,
                    const char *what, const char *wanted, const char *seen)
{
	struct mismatch *mismatch = mismatch_add(&run->verdict->mismatches, what, where);
	if (mismatch) {
		snprintf(mismatch->want, sizeof mismatch->want, "%s", wanted);
		snprintf(mismatch->seen, sizeof mismatch->seen, "%s", seen);
	}
	bool passed = run_fail_or_warn(run, run->settings->non_fatal_syscall, call->step->where, where,
	                               "%s gave %s %s, not %s", call->want->row->name, what, seen, wanted);
	if (passed)
		run->verdict->mismatches.count = 0;
	return passed;
}

static bool differs_number(struct running *run, const struct live_call *call, struct range where,
                           const char *what, int64_t wanted, int64_t seen)
{
	char want_text[32], seen_text[32];
	snprintf(want_text, sizeof want_text, "%" PRId64, wanted);
	snprintf(seen_text, sizeof seen_text, "%" PRId64, seen);
	return wanted == seen || differs(run, call, where, what, want_text, seen_text);
}

static void print_bytes(const char *bytes, size_t length, char *text, size_t size)
{
	size_t used = (size_t)snprintf(text, size, "\"");
	for (size_t i = 0; i < length && used + 6 < size; i++)
		used += (size_t)snprintf(text + used, size - used,
			bytes[i] >= ' ' && bytes[i] < 127 && bytes[i] != '"' ? "%c" : "\\x%02x",
			(unsigned char)bytes[i]);
	snprintf(text + used, size - used, "\"");
}

static bool check_bytes(struct running *run, const struct live_call *call, const struct value *want,
                        const char *what, const char *seen, size_t length)
{
	char want_text[64], seen_text[64];
	if (want->kind != VALUE_BYTES ||
	    ((want->prefix ? length >= want->length : length == want->length) &&
	     memcmp(want->bytes, seen, want->length) == 0))
		return true;
	print_bytes(want->bytes, want->length, want_text, sizeof want_text);
	print_bytes(seen, length, seen_text, sizeof seen_text);
	return differs(run, call, want->where, what, want_text, seen_text);
}

/* Some fields hold flags, which are printed by name. */
static bool differs_flags(struct running *run, const struct live_call *call, struct range where,
                          const char *what, enum symbol_group group, int64_t wanted, int64_t seen)
{
	char want_text[96], seen_text[96];
	if (wanted == seen)
		return true;
	symbol_flags(group, wanted, want_text, sizeof want_text);
	symbol_flags(group, seen, seen_text, sizeof seen_text);
	return differs(run, call, where, what, want_text, seen_text);
}

static bool check_record(struct running *run, const struct live_call *call,
                         const struct value *record, const void *memory, size_t length)
{
	for (size_t i = 0; i < record->count; i++) {
		const struct value *item = &record->items[i];
		if ((size_t)item->field->offset + item->field->size > length)
			return run_fail(run, call->step->where, item->where, "this kernel's struct %s has no %s",
			                record->layout->name, item->field->name);
		if (!differs_number(run, call, item->where, item->field->name, item->number,
		                    record_get(item->field, memory)))
			return false;
	}
	return true;
}

static int64_t read_integer(const void *memory, size_t size)
{
	int64_t wide;
	int32_t narrow;
	if (size >= sizeof wide) {
		memcpy(&wide, memory, sizeof wide);
		return wide;
	}
	if (size >= sizeof narrow) {
		memcpy(&narrow, memory, sizeof narrow);
		return narrow;
	}
	return size ? *(const unsigned char *)memory : 0;
}

static bool check_option(struct running *run, const struct live_call *call, const struct value *want,
                         const void *memory)
{
	const struct value *room = want + 1;
	const long *arguments = call->host.arguments;
	size_t length = *(const socklen_t *)arguments[4];
	if (room->kind == VALUE_LIST &&
	    !differs_number(run, call, room->where, "the length", room->items[0].number, (int64_t)length))
		return false;
	if (want->kind == VALUE_RECORD)
		return check_record(run, call, want, memory, length);
	if (want->kind == VALUE_LIST)
		return differs_number(run, call, want->where, "the value", want->items[0].number,
		                      read_integer(memory, length));
	return check_bytes(run, call, want, "the value", memory, length);
}

static const struct value *field_value(const struct value *record, const char *name)
{
	for (size_t i = 0; i < record->count; i++)
		if (record->items[i].field && strcmp(record->items[i].field->name, name) == 0)
			return &record->items[i];
	return NULL;
}

static bool check_poll(struct running *run, const struct live_call *call, const struct value *list,
                       const struct pollfd *fds)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct value *revents = field_value(&list->items[i], "revents");
		if (!differs_flags(run, call, revents ? revents->where : list->items[i].where, "revents",
		                   SYMBOL_POLL, revents ? revents->number : 0, fds[i].revents))
			return false;
	}
	return true;
}

static bool check_epoll(struct running *run, const struct live_call *call, const struct value *want,
                        const struct epoll_event *events)
{
	const struct value *list = want->kind == VALUE_LIST ? want->items : want;
	size_t count = want->kind == VALUE_LIST ? want->count : 1;
	for (size_t i = 0; i < count && i < (size_t)call->host.result; i++)
		for (size_t k = 0; k < list[i].count; k++) {
			const struct value *item = &list[i].items[k];
			int64_t seen = record_get(item->field, &events[i]);
			bool flags = strcmp(item->field->name, "events") == 0;
			if (flags ? !differs_flags(run, call, item->where, "events", SYMBOL_EPOLL, item->number, seen)
			          : !differs_number(run, call, item->where, item->field->name, item->number, seen))
				return false;
		}
	return true;
}

static bool check_control_item(struct running *run, const struct live_call *call,
                               const struct value *item, const struct cmsghdr *control)
{
	const struct value *data = member(item, "cmsg_data");
	size_t length = control->cmsg_len - CMSG_LEN(0);
	if (!differs_number(run, call, item->where, "cmsg_level", member_number(item, "cmsg_level"), control->cmsg_level) ||
	    !differs_number(run, call, item->where, "cmsg_type", member_number(item, "cmsg_type"), control->cmsg_type))
		return false;
	if (!data || data->kind == VALUE_ANY)
		return true;
	if (data->kind == VALUE_RECORD && data->layout)
		return check_record(run, call, data, CMSG_DATA(control), length);
	if (data->kind == VALUE_BYTES)
		return check_bytes(run, call, data, "cmsg_data", (const char *)CMSG_DATA(control), length);
	return differs_number(run, call, data->where, "cmsg_data", data->number,
	                      read_integer(CMSG_DATA(control), length));
}

static bool check_message(struct running *run, const struct live_call *call,
                          const struct value *record, struct msghdr *message)
{
	const struct value *flags = member(record, "msg_flags"), *list = member(record, "msg_control");
	const struct value *iov = member(record, "msg_iov");
	size_t left = (size_t)call->host.result;
	for (size_t i = 0; iov && i < iov->count; i++) {
		size_t n = message->msg_iov[i].iov_len < left ? message->msg_iov[i].iov_len : left;
		if (!check_bytes(run, call, &iov->items[i].items[0], "the data", message->msg_iov[i].iov_base, n))
			return false;
		left -= n;
	}
	if (flags && !differs_flags(run, call, flags->where, "msg_flags", SYMBOL_MESSAGE_FLAG, flags->number, message->msg_flags))
		return false;
	if (!list)
		return true;
	size_t count = 0;
	for (struct cmsghdr *control = CMSG_FIRSTHDR(message); control; control = CMSG_NXTHDR(message, control)) {
		if (count < list->count && !check_control_item(run, call, &list->items[count], control))
			return false;
		count++;
	}
	return differs_number(run, call, list->where, "control messages", (int64_t)list->count, (int64_t)count);
}

static bool check_iovec(struct running *run, const struct live_call *call, const struct value *list,
                        const struct iovec *iov)
{
	size_t left = (size_t)call->host.result;
	for (size_t i = 0; i < list->count; i++) {
		size_t n = iov[i].iov_len < left ? iov[i].iov_len : left;
		if (!check_bytes(run, call, &list->items[i].items[0], "the data", iov[i].iov_base, n))
			return false;
		left -= n;
	}
	return true;
}

static bool check_argument(struct running *run, struct live_call *call, size_t i)
{
	const struct value *v = &call->want->arguments[i];
	void *memory = (void *)call->host.arguments[i + call->want->row->prefixed];
	switch (call->want->row->arguments[i]) {
	case ARG_BUFFER_OUT:  return check_bytes(run, call, v, "the data", memory, (size_t)call->host.result);
	case ARG_IOVEC_OUT:   return check_iovec(run, call, v, memory);
	case ARG_MESSAGE_OUT: return check_message(run, call, v, memory);
	case ARG_OPTION_OUT:  return check_option(run, call, v, memory);
	case ARG_POLL:        return check_poll(run, call, v, memory);
	case ARG_EVENTS_OUT:  return check_epoll(run, call, v, memory);
	case ARG_INT_REF:     return differs_number(run, call, v->where, "the value", v->items[0].number, *(int *)memory);
	case ARG_NONE:
	case ARG_INT:
	case ARG_UNUSED:
	case ARG_DOMAIN:
	case ARG_FD:
	case ARG_BUFFER_IN:
	case ARG_SIZE:
	case ARG_ADDRESS_IN:
	case ARG_ADDRESS_OUT:
	case ARG_ADDRESS_SIZE:
	case ARG_ADDRESS_ROOM:
	case ARG_IOVEC_IN:
	case ARG_COUNT:
	case ARG_MESSAGE_IN:
	case ARG_OPTION_IN:
	case ARG_OPTION_SIZE:
	case ARG_OPTION_ROOM:
	case ARG_TIMEOUT:
	case ARG_EVENT_IN:
	case ARG_PAIR_OUT:
	case ARG_OFFSET:
	case ARG_PATH:
	case ARGUMENT_KINDS:
		break;
	}
	return true;
}

/* "-1 EPIPE", "1000" */
static const char *print_result(int64_t result, int error, char *text, size_t size)
{
	const char *name = error ? symbol_name(SYMBOL_ERRNO, error) : NULL;
	if (error)
		snprintf(text, size, "%" PRId64 " %s (%s)", result, name ? name : "", strerror(error));
	else
		snprintf(text, size, "%" PRId64, result);
	return text;
}

static bool check_result(struct running *run, const struct live_call *call)
{
	const struct call_want *want = call->want;
	int64_t result = call->host.result;
	char want_text[MISMATCH_TEXT], seen_text[MISMATCH_TEXT];
	bool descriptor = want->row->result == RESULT_DESCRIPTOR && want->result.number >= 0;
	bool same = want->result.kind == VALUE_ANY || (descriptor ? result >= 0 : result == want->result.number);
	if (same && (!want->error || want->error == call->host.error))
		return true;
	print_result(want->result.number, want->error, want_text, sizeof want_text);
	print_result(result, call->host.error, seen_text, sizeof seen_text);
	struct range where = same ? want->error_where : want->result.where;
	struct mismatch *mismatch = mismatch_add(&run->verdict->mismatches, "result", where);
	if (mismatch) {
		snprintf(mismatch->want, sizeof mismatch->want, "%s", want_text);
		snprintf(mismatch->seen, sizeof mismatch->seen, "%s", seen_text);
	}
	return run_fail_or_warn(run, run->settings->non_fatal_syscall, call->step->where, where,
	                        "%s returned %s, not %s", want->row->name, seen_text, want_text);
}

/* ---- what a call means for descriptors and connections ---- */

static uint8_t protocol_of_socket(const struct call_want *want)
{
	int64_t type = want->arguments[1].number & 0xf, protocol = want->arguments[2].number;
	if (type == SOCK_DGRAM && (protocol == IPPROTO_ICMP || protocol == IPPROTO_ICMPV6))
		return (uint8_t)protocol;
	return type == SOCK_DGRAM ? IPPROTO_UDP : IPPROTO_TCP;
}

/* connect() begins before its first segment is seen, so it is noted before the call. */
static void before_call(struct running *run, struct live_call *call)
{
	const struct call_want *want = call->want;
	enum syscall_effect effect = want->row->effect;
	struct connection *c = call->connection;
	if ((effect != EFFECT_CONNECT && effect != EFFECT_SEND_TO) || !c)
		return;
	const struct value *address = effect == EFFECT_CONNECT ? &want->arguments[1] :
		want->count > 4 ? &want->arguments[4] : member(&want->arguments[1], "msg_name");
	if (address && address->kind == VALUE_NUMBER) {
		c->phase = CONNECTION_NEW;      /* AF_UNSPEC dissolves the association */
		return;
	}
	if (!address || c->phase != CONNECTION_NEW)
		return;
	c->phase = CONNECTION_CONNECTING;
	c->live.remote_port = run->settings->connect_port;
	if (address->kind == VALUE_BYTES && address->length <= sizeof(struct sockaddr_storage)) {
		struct sockaddr_storage storage = { 0 };
		memcpy(&storage, address->bytes, address->length);
		ip_address_from_sockaddr(&storage, &c->live.remote, &c->live.remote_port);
		c->live.remote = ip_address_unmap(&c->live.remote);
	}
}

static void after_accept(struct running *run, const struct live_call *call)
{
	const struct sockaddr_storage *storage = (void *)call->host.arguments[1];
	struct ip_address address;
	uint16_t port = 0;
	if (storage)
		ip_address_from_sockaddr(storage, &address, &port);
	struct connection *c = connection_to_accept(&run->connections, port);
	if (c)
		c->phase = CONNECTION_OPEN;
	descriptors_open(&run->descriptors, (int)call->want->result.number, (int)call->host.result, c);
}

static void after_call(struct running *run, const struct live_call *call)
{
	const struct call_want *want = call->want;
	int result = (int)call->host.result, script = (int)want->result.number;
	struct connection *c = call->connection;
	if (call->host.result < 0)
		return;
	switch (want->row->effect) {
	case EFFECT_SOCKET:
		c = connection_new(&run->connections, protocol_of_socket(want));
		break;
	case EFFECT_LISTEN:
		if (c) {
			c->phase = CONNECTION_LISTENING;
			c->live.local_port = run->settings->bind_port;
		}
		break;
	case EFFECT_ACCEPT:
		after_accept(run, call);
		return;
	case EFFECT_CLOSE:
		descriptors_close(&run->descriptors, (int)want->arguments[0].number);
		return;
	case EFFECT_PAIR: {
		const int *pair = (void *)call->host.arguments[0];
		for (int i = 0; i < 2; i++)
			descriptors_open(&run->descriptors, (int)want->arguments[0].items[i].number, pair[i], NULL);
		return;
	}
	case EFFECT_NONE:
	case EFFECT_CONNECT:
	case EFFECT_SEND_TO:
	case EFFECT_DUP:
		break;
	}
	if (want->row->result == RESULT_DESCRIPTOR) {
		bool socket = want->row->effect == EFFECT_SOCKET || want->row->effect == EFFECT_DUP;
		descriptors_open(&run->descriptors, script, result, socket ? c : NULL);
	}
}

/* ---- making it ---- */

static void tell_call(struct running *run, const struct live_call *call, enum event_kind kind)
{
	usec_t at = (kind == EVENT_CALL_BEGUN ? call->host.started : call->host.ended) - run->start;
	if (kind == EVENT_CALL)
		at = call->host.started - run->start;
	struct event *event = run_event(run, kind, call->step->where, at);
	event->late = at - (kind == EVENT_CALL_RETURNED ? call->end : call->due);
	bool descriptor = call->want->row->result == RESULT_DESCRIPTOR && call->host.result >= 0;
	event->result = descriptor ? (long)call->want->result.number : call->host.result;
	event->error = call->host.error;
	event->connection = call->connection ? call->connection->number : 0;
	run_tell(run, event);
}

static bool call_over(struct running *run, struct live_call *call, enum event_kind kind)
{
	tell_call(run, call, kind);
	after_call(run, call);
	bool good = check_result(run, call);
	for (size_t i = 0; good && call->host.result >= 0 && i < call->want->count; i++)
		good = check_argument(run, call, i);
	return good;
}

static bool check_end(struct running *run, const struct live_call *call)
{
	usec_t ended = call->host.ended - run->start, tolerance = run_tolerance(run, call->end - call->due);
	usec_t off = ended > call->end ? ended - call->end : call->end - ended;
	return off <= tolerance ||
	       run_fail(run, call->step->where, call->want->end_where,
	                "%s returned at %.6f s, %.6f s too %s: wanted at %.6f s (tolerance %.4f)",
	                call->want->row->name, (double)ended / USEC_PER_SEC, (double)off / USEC_PER_SEC,
	                ended < call->end ? "early" : "late", (double)call->end / USEC_PER_SEC,
	                (double)tolerance / USEC_PER_SEC);
}

bool calls_finish(struct running *run)
{
	for (struct live_call **link = &run->pending; *link;) {
		struct live_call *call = *link;
		if (!call->host.finished) {
			link = &call->next;
			continue;
		}
		*link = call->next;
		bool good = call_over(run, call, EVENT_CALL_RETURNED) && check_end(run, call);
		release(run, call);
		if (!good)
			return false;
	}
	return true;
}

bool calls_pending(const struct running *run, usec_t *latest)
{
	*latest = 0;
	for (const struct live_call *call = run->pending; call; call = call->next)
		if (call->end > *latest)
			*latest = call->end;
	return run->pending != NULL;
}

bool calls_still_blocked(struct running *run)
{
	const struct live_call *call = run->pending;
	if (!call)
		return true;
	return run_fail(run, call->step->where, call->want->end_where,
	                "%s has not returned: wanted at %.6f s", call->want->row->name,
	                (double)call->end / USEC_PER_SEC);
}

static bool begin_call(struct running *run, struct live_call *call)
{
	usec_t base = run->due - call->step->at;
	call->end = base + call->want->end;
	call->next = run->pending;
	run->pending = call;
	if (!run->host->ops->begin(run->host, &call->host)) {
		run->pending = call->next;
		return run_end(run, VERDICT_INVALID, call->step->where, "%s", run->host->error);
	}
	run_note_lateness(run, call->host.started - run->start);
	if (!call->host.finished)
		tell_call(run, call, EVENT_CALL_BEGUN);
	return calls_finish(run);
}

static bool make_call(struct running *run, struct live_call *call)
{
	run->host->ops->call(run->host, &call->host);
	run_note_lateness(run, call->host.started - run->start);
	run->over = call->host.ended - run->start;
	bool good = call_over(run, call, EVENT_CALL);
	release(run, call);
	return good;
}

bool step_call(struct running *run, const struct step *step)
{
	struct live_call here = { .step = NULL }, *call = &here;
	if (step->call->blocking)
		call = arena_alloc(run->arena, sizeof *call);
	call->want = step->call;
	call->step = step;
	call->due = run->due;
	if (call->want->row->arguments[0] == ARG_FD)
		call->connection = descriptors_connection(&run->descriptors, call->want->arguments[0].number);
	if (!put_arguments(run, call)) {
		release(run, call);
		return false;
	}
	before_call(run, call);
	return call->want->blocking ? begin_call(run, call) : make_call(run, call);
}
