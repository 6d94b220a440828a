#define _GNU_SOURCE /* struct mmsghdr */
#include "run/call_check.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include "host/ring_call.h"
#include "program/records.h"
#include "run/call_address.h"
#include "run/call_compare.h"
#include "run/call_control.h"
#include "run/call_fd_set.h"
#include "run/call_memory.h"
#include "run/ring.h"
#include "run/tell.h"

/* 32 bits may be signed or unsigned, as the script writes the number: [0xffffffff] is -1. */
static int64_t read_alike(int64_t wanted, const void *memory, size_t size)
{
	int64_t seen = call_read_integer(memory, size);

	return size == sizeof(int32_t) && wanted > INT32_MAX ? (uint32_t)seen : seen;
}

/* [N]: an integer that fills an output. */
static bool check_integer(struct running *run, const struct live_call *call,
                          const struct value *list, const void *memory, size_t size)
{
	int64_t wanted = list->items[0].number, seen = read_alike(wanted, memory, size);
	char text[32];

	if (wanted == seen || size == 0 || !host_output_is_untouched(memory, 0, size))
		return call_check_number(run, call, list->where, "the value", wanted, seen);
	snprintf(text, sizeof(text), "%" PRId64, wanted);
	return call_is_unwritten(run, call, list->where, "the value", text);
}

/* Of an option there is as much as the kernel says, but not more than there was room for. */
static size_t option_length(const struct live_call *call, size_t said)
{
	const void *memory = (void *)call_argument(call, ARG_OPTION_OUT);

	for (size_t i = 0; i < call->host.output_count; i++)
		if (call->host.outputs[i].bytes == memory)
			return said < call->host.outputs[i].size ? said
			                                         : call->host.outputs[i].size;
	return 0;
}

static bool check_option(struct running *run, const struct live_call *call,
                         const struct value *want, const void *memory)
{
	const struct value *room = call_argument_of(call->want, ARG_OPTION_ROOM);
	size_t said = *(const socklen_t *)call_argument(call, ARG_OPTION_ROOM),
	       length = option_length(call, said);

	if (room->kind == VALUE_LIST && !call_check_number(run, call, room->where, "the length",
	                                                   room->items[0].number, (int64_t)said))
		return false;
	if (want->kind == VALUE_RECORD)
		return call_check_record(run, call, want, memory, length);
	if (want->kind == VALUE_LIST)
		return check_integer(run, call, want, memory, length);
	return call_check_bytes(run, call, want, "the value", memory, length);
}

static bool check_revents(struct running *run, const struct live_call *call, struct range where,
                          int64_t wanted, const int16_t *seen)
{
	char text[96];

	if (!host_output_is_untouched(seen, 0, sizeof(*seen)))
		return call_check_flags(run, call, where, "revents", SYMBOL_POLL, wanted, *seen);
	symbol_flags(SYMBOL_POLL, wanted, text, sizeof(text));
	return call_is_unwritten(run, call, where, "revents", text);
}

/* They are not written yet: "{fd=4, events=POLLIN}". */
static void mend_revents(struct edits *edits, size_t index, struct range record)
{
	char text[EDIT_TEXT];

	snprintf(text, sizeof(text), "%s", edits->list[index].text);
	edits->count = index;
	edits_add(edits, EDIT_BEHIND, (struct range){ record.end - 1, record.end - 1 },
	          ", revents=%.200s", text);
}

static bool check_poll(struct running *run, const struct live_call *call, const struct value *list,
                       const struct pollfd *fds)
{
	struct edits *edits = &run->teller.evidence->edits;
	bool good = true;

	for (size_t i = 0; i < list->count; i++) {
		const struct value *revents = call_item(&list->items[i], "revents");
		size_t before = edits->count;

		if (revents && revents->kind == VALUE_ANY)
			continue;
		if (!check_revents(run, call, revents ? revents->where : list->items[i].where,
		                   revents ? revents->number : 0, &fds[i].revents))
			good = false;
		if (!revents && edits->count > before)
			mend_revents(edits, before, list->items[i].where);
		if (!good)
			return false;
	}
	return true;
}

static bool check_epoll(struct running *run, const struct live_call *call, const struct value *want,
                        const struct epoll_event *events)
{
	const struct value *list = want->kind == VALUE_LIST ? want->items : want;
	size_t count = want->kind == VALUE_LIST ? want->count : 1;

	if (want->kind == VALUE_ANY)
		return true;
	for (size_t i = 0; i < count && i < (size_t)call->host.result; i++)
		for (size_t k = 0; k < list[i].count; k++) {
			const struct value *item = &list[i].items[k];
			int64_t seen = record_get(item->field, &events[i]);
			bool flags = !strcmp(item->field->name, "events");

			if (flags ? !call_check_flags(run, call, item->where, "events",
			                              SYMBOL_EPOLL, item->number, seen)
			          : !call_check_number(run, call, item->where, item->field->name,
			                               item->number, seen))
				return false;
		}
	return true;
}

static bool check_iovec(struct running *run, const struct live_call *call, const struct value *list,
                        const struct iovec *iov, size_t left)
{
	for (size_t i = 0; i < list->count; i++) {
		size_t n = iov[i].iov_len < left ? iov[i].iov_len : left;

		if (!call_check_bytes(run, call, &list->items[i].items[0], "the data",
		                      iov[i].iov_base, n))
			return false;
		left -= n;
	}
	return true;
}

/* What came with a message, beside its data. */
static bool check_header(struct running *run, const struct live_call *call,
                         const struct value *record, struct msghdr *message)
{
	const struct value *flags = call_member(record, "msg_flags"),
			   *list = call_member(record, "msg_control");

	if (flags && !call_check_flags(run, call, flags->where, "msg_flags", SYMBOL_MESSAGE_FLAG,
	                               flags->number, message->msg_flags))
		return false;
	/* What is there in the place of one message is not told well enough to write it. */
	size_t before = run->teller.evidence->edits.count;
	bool good = !list || call_check_control(run, call, list, message);
	if (run->teller.evidence->edits.count > before)
		edits_give_up(&run->teller.evidence->edits, list->where);
	return good;
}

static bool check_message(struct running *run, const struct live_call *call,
                          const struct value *record, struct msghdr *message)
{
	const struct value *iov = call_member(record, "msg_iov");

	return (!iov || check_iovec(run, call, iov, message->msg_iov, (size_t)call->host.result)) &&
	       check_header(run, call, record, message);
}

static bool check_messages(struct running *run, const struct live_call *call,
                           const struct value *list, struct mmsghdr *messages, bool received)
{
	for (size_t i = 0; i < list->count && i < (size_t)call->host.result; i++) {
		const struct value *length = call_member(&list->items[i], "msg_len"),
				   *header = call_member(&list->items[i], "msg_hdr"),
				   *iov = call_member(header, "msg_iov");

		if (length && !call_check_number(run, call, length->where, "msg_len",
		                                 length->number, messages[i].msg_len))
			return false;
		if (received && ((iov && !check_iovec(run, call, iov, messages[i].msg_hdr.msg_iov,
		                                      messages[i].msg_len)) ||
		                 !check_header(run, call, header, &messages[i].msg_hdr)))
			return false;
	}
	return true;
}

/* recv(.., MSG_TRUNC) may return more than there was room for. */
static bool check_buffer(struct running *run, const struct live_call *call, size_t i,
                         const char *memory)
{
	int64_t result = call->host.result, room = call->want->arguments[i + 1].number;

	return call_check_bytes(run, call, &call->want->arguments[i], "the data", memory,
	                        (size_t)(result < room ? result : room));
}

static bool check_argument(struct running *run, struct live_call *call, size_t i)
{
	const struct value *v = &call->want->arguments[i];

	void *memory = (void *)call->host.arguments[i + call->want->row->prefixed];
	switch (call->want->row->arguments[i]) {
	case ARG_BUFFER_OUT:
		return check_buffer(run, call, i, memory);
	case ARG_IOVEC_OUT:
		return check_iovec(run, call, v, memory, (size_t)call->host.result);
	case ARG_MESSAGE_OUT:
		return check_message(run, call, v, memory);
	case ARG_MESSAGES_IN:
		return check_messages(run, call, v, memory, false);
	case ARG_MESSAGES_OUT:
		return check_messages(run, call, v, memory, true);
	case ARG_OPTION_OUT:
		return check_option(run, call, v, memory);
	case ARG_ADDRESS_OUT:
		return call_address_check(run, call, CALL_REMOTE, v, memory);
	case ARG_OWN_ADDRESS_OUT:
		return call_address_check(run, call, CALL_OWN, v, memory);
	case ARG_FD_SET:
		return call_check_fd_set(run, call, v, memory);
	case ARG_POLL:
		return check_poll(run, call, v, memory);
	case ARG_EVENTS_OUT:
		return check_epoll(run, call, v, memory);
	case ARG_COMPLETIONS:
		return ring_check(run, call, v, memory);
	case ARG_INT_REF:
		return v->kind == VALUE_ANY || check_integer(run, call, v, memory, sizeof(int));
	case ARG_NONE:
	case ARG_INT:
	case ARG_FLAGS:
	case ARG_UNUSED:
	case ARG_DOMAIN:
	case ARG_TYPE:
	case ARG_PROTOCOL:
	case ARG_FD:
	case ARG_FIRST_FD:
	case ARG_LAST_FD:
	case ARG_NEW_FD:
	case ARG_PROCESS:
	case ARG_FD_COUNT:
	case ARG_COMMAND:
	case ARG_OWNER:
	case ARG_REQUEST:
	case ARG_LEVEL:
	case ARG_OPTION:
	case ARG_BUFFER_IN:
	case ARG_SIZE:
	case ARG_ADDRESS_IN:
	case ARG_ADDRESS_SIZE:
	case ARG_ADDRESS_ROOM:
	case ARG_IOVEC_IN:
	case ARG_COUNT:
	case ARG_MESSAGE_IN:
	case ARG_OPTION_IN:
	case ARG_OPTION_SIZE:
	case ARG_OPTION_ROOM:
	case ARG_TIMEOUT:
	case ARG_TIMESPEC:
	case ARG_TIMEVAL:
	case ARG_SIGNAL_SET:
	case ARG_EVENT_IN:
	case ARG_PAIR_OUT:
	case ARG_OFFSET:
	case ARG_PATH:
	case ARG_REQUESTS:
	case ARG_CAPABILITY_SET:
	case ARG_CAPABILITY:
	case ARG_CAPABILITY_ON:
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
		snprintf(text, size, "%" PRId64 " %s (%s)", result, name ? name : "",
		         strerror(error));
	else
		snprintf(text, size, "%" PRId64, result);
	return text;
}

/* A limit of the harness or of the machine. It tells nothing about what is tested. */
static bool lacks_descriptors(const struct live_call *call)
{
	const struct syscall_row *row = call->want->row;
	int error = call->host.error;

	return (row->result == RESULT_DESCRIPTOR || row->effect == EFFECT_PAIR) &&
	       (error == EMFILE || error == ENFILE) && call->want->error != error;
}

/*
 * An option that only Linux has, of a stack: without it the script says nothing of the stack,
 * unless it was written for one.
 */
static bool lacks_option(const struct running *run, const struct live_call *call)
{
	int error = call->host.error;
	bool option = call_argument_of(call->want, ARG_OPTION) ||
	              call_argument_of(call->want, ARG_REQUEST);

	return run->only_states && option && !call->want->error &&
	       (error == ENOPROTOOPT || error == ENOSYS || error == EOPNOTSUPP);
}

/*
 * This kernel has no such call, or does not let us make it (kernel.io_uring_disabled). It is said
 * as it is, since a script need not ask before each call that is new.
 */
static bool lacks_call(const struct live_call *call)
{
	const struct call_want *want = call->want;
	bool ring = want->row->number == RING_INIT;

	return !want->error &&
	       (call->host.error == ENOSYS ||
	        (ring && (call->host.error == EPERM || call->host.error == EACCES)));
}

/* It was built without IPv6, say. A script that makes such a socket can still be one of IPv4. */
static bool lacks_family(const struct live_call *call)
{
	return !call->want->error && call->want->row->number == SYS_socket &&
	       call->host.error == EAFNOSUPPORT;
}

/* A new descriptor has a number of the kernel, unless the call asked for a number. */
static bool is_same_result(const struct live_call *call)
{
	const struct call_want *want = call->want;
	int64_t result = call->host.result;

	if (want->result.kind == VALUE_ANY)
		return true;
	if (want->row->result != RESULT_DESCRIPTOR || want->result.number < 0)
		return result == want->result.number;
	return call_argument_of(want, ARG_NEW_FD) ? result == call_argument(call, ARG_NEW_FD)
	                                          : result >= 0;
}

/* A new descriptor has no number that a script could know. */
static void mend_result(struct running *run, const struct live_call *call, const char *seen)
{
	struct edits *edits = &run->teller.evidence->edits;
	struct range where = { call->want->result.where.begin, call->step->where.end };

	if (call->want->row->result == RESULT_DESCRIPTOR && call->host.result >= 0)
		edits_give_up(edits, where);
	else
		edits_add(edits, EDIT_WORDS, where, "%s", seen);
}

static bool check_result(struct running *run, const struct live_call *call)
{
	const struct call_want *want = call->want;
	int64_t result = call->host.result;
	char want_text[MISMATCH_TEXT], seen_text[MISMATCH_TEXT];
	bool same = is_same_result(call);

	if (same && (!want->error || want->error == call->host.error))
		return true;
	if (lacks_descriptors(call))
		return run_end(run, ENDING_BROKEN, call->step->where,
		               "no descriptor was left for %s: %s (%s)", want->row->name,
		               strerror(call->host.error),
		               call->host.error == EMFILE ? "see ulimit -n"
		                                          : "see sysctl fs.file-max");
	if (lacks_option(run, call))
		return run_end(run, ENDING_MISSING, call->step->where,
		               "%s does not know what %s asks for: %s", run->host->name,
		               want->row->name, strerror(call->host.error));
	if (lacks_call(call))
		return run_end(run, ENDING_MISSING, call->step->where, "%s has no %s: %s",
		               run->host->name, want->row->name, strerror(call->host.error));
	if (lacks_family(call))
		return run_end(run, ENDING_MISSING, call->step->where,
		               "%s has no such family of addresses: %s: %s", run->host->name,
		               want->row->name, strerror(call->host.error));
	print_result(want->result.number, want->error, want_text, sizeof(want_text));
	print_result(result, call->host.error, seen_text, sizeof(seen_text));
	mend_result(run, call, seen_text);
	struct range where = same ? want->error_where : want->result.where;
	call_note(run, where, "result", want_text, seen_text);
	/* What would be done with a descriptor that is not there says nothing. */
	if (want->row->result == RESULT_DESCRIPTOR)
		return run_fail(run, call->step->where, where, "%s returned %s, not %s",
		                want->row->name, seen_text, want_text);
	return run_fail_or_warn(run, run->settings->non_fatal_syscall, call->step->where, where,
	                        "%s returned %s, not %s", want->row->name, seen_text, want_text);
}

bool call_check(struct running *run, struct live_call *call)
{
	bool good = check_result(run, call);

	for (size_t i = 0; good && call->host.result >= 0 && i < call->want->count; i++)
		good = check_argument(run, call, i);
	return good;
}
