#include "program/argument_kind.h"

#include <assert.h>
#include <string.h>

/* ---- shapes of values ---- */

static bool is_number(const struct value *v)
{
	return v->kind == VALUE_NUMBER;
}

static bool is_null(const struct value *v)
{
	return v->kind == VALUE_NUMBER && v->number == 0;
}

static bool is_list_of_numbers(const struct value *v, size_t count)
{
	if (v->kind != VALUE_LIST || v->count != count)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!is_number(&v->items[i]))
			return false;
	return true;
}

static bool is_layout(const struct value *v, const char *name)
{
	return v->kind == VALUE_RECORD && v->layout && !strcmp(v->layout->name, name);
}

/* [{..., 100}, {"text", 4}] */
static bool is_iovec(const struct value *v)
{
	if (v->kind != VALUE_LIST)
		return false;
	for (size_t i = 0; i < v->count; i++) {
		const struct value *item = &v->items[i];

		if (item->kind != VALUE_RECORD || item->layout || item->count != 2 ||
		    item->items[0].name ||
		    (item->items[0].kind != VALUE_ANY && item->items[0].kind != VALUE_BYTES) ||
		    !is_number(&item->items[1]) || item->items[1].number < 0)
			return false;
	}
	return true;
}

static const struct value *member(const struct value *record, const char *name)
{
	for (size_t i = 0; i < record->count; i++)
		if (record->items[i].name && !strcmp(record->items[i].name, name))
			return &record->items[i];
	return NULL;
}

static bool is_message(struct diag *diag, const struct value *v)
{
	if (v->kind != VALUE_RECORD || v->layout || !v->count)
		return false;
	const struct value *iov = member(v, "msg_iov"), *flags = member(v, "msg_flags");
	const struct value *control = member(v, "msg_control");
	if (iov && !is_iovec(iov)) {
		diag_error(diag, iov->where, "msg_iov must be %s", argument_wants(ARG_IOVEC_IN));
		return false;
	}
	if (flags && !is_number(flags)) {
		diag_error(diag, flags->where, "msg_flags must be a number");
		return false;
	}
	if (control && control->kind != VALUE_LIST) {
		diag_error(diag, control->where, "msg_control must be a list");
		return false;
	}
	return true;
}

/* [{msg_hdr={...}, msg_len=N}, ...] */
static bool are_messages(struct diag *diag, const struct value *v)
{
	if (v->kind != VALUE_LIST)
		return false;
	for (size_t i = 0; i < v->count; i++) {
		const struct value *message = &v->items[i],
				   *header = message->kind == VALUE_RECORD && !message->layout
		                                     ? member(message, "msg_hdr")
		                                     : NULL;
		const struct value *length = header ? member(message, "msg_len") : NULL;

		if (!header || !is_message(diag, header) || (length && !is_number(length)))
			return false;
	}
	return true;
}

static bool all_layout(const struct value *list, const char *name)
{
	if (list->kind != VALUE_LIST)
		return false;
	for (size_t i = 0; i < list->count; i++)
		if (!is_layout(&list->items[i], name))
			return false;
	return true;
}

/* ---- the values that each kind takes ---- */

static bool none(struct diag *diag, const struct value *v)
{
	(void)diag, (void)v;
	return false;
}

static bool number(struct diag *diag, const struct value *v)
{
	(void)diag;
	return is_number(v);
}

static bool null(struct diag *diag, const struct value *v)
{
	(void)diag;
	return is_null(v);
}

static bool number_or_any(struct diag *diag, const struct value *v)
{
	(void)diag;
	return is_number(v) || v->kind == VALUE_ANY;
}

static bool null_or_any(struct diag *diag, const struct value *v)
{
	(void)diag;
	return is_null(v) || v->kind == VALUE_ANY;
}

static bool text(struct diag *diag, const struct value *v)
{
	(void)diag;
	return v->kind == VALUE_BYTES;
}

/* A string whose end is not written, "abc"..., can be compared, but not sent. */
static bool buffer_in(struct diag *diag, const struct value *v)
{
	return null_or_any(diag, v) || (v->kind == VALUE_BYTES && !v->prefix);
}

static bool buffer_out(struct diag *diag, const struct value *v)
{
	return null_or_any(diag, v) || v->kind == VALUE_BYTES;
}

static bool address_in(struct diag *diag, const struct value *v)
{
	return number_or_any(diag, v) || v->kind == VALUE_BYTES;
}

static bool iovec(struct diag *diag, const struct value *v)
{
	(void)diag;
	return is_iovec(v);
}

/* [N], {name=value, ...} or a string */
static bool is_option_value(const struct value *v)
{
	return is_list_of_numbers(v, 1) || v->kind == VALUE_BYTES ||
	       (v->kind == VALUE_RECORD && v->layout);
}

static bool option_in(struct diag *diag, const struct value *v)
{
	(void)diag;
	return is_null(v) || is_option_value(v);
}

static bool option_out(struct diag *diag, const struct value *v)
{
	(void)diag;
	return v->kind == VALUE_ANY || is_option_value(v);
}

static bool option_room(struct diag *diag, const struct value *v)
{
	(void)diag;
	return is_list_of_numbers(v, 1) || v->kind == VALUE_ANY;
}

static bool address_out(struct diag *diag, const struct value *v)
{
	return null_or_any(diag, v) || v->kind == VALUE_BYTES;
}

static bool fd_set_list(struct diag *diag, const struct value *v)
{
	(void)diag;
	if (!is_null(v) && !all_layout(v, "fd_set"))
		return false;
	for (size_t i = 0; i < v->count; i++)
		if (v->items[i].count != 2)
			return false;
	return true;
}

static bool timeval(struct diag *diag, const struct value *v)
{
	(void)diag;
	return is_layout(v, "timeval") || is_null(v);
}

static bool poll_list(struct diag *diag, const struct value *v)
{
	(void)diag;
	return all_layout(v, "pollfd");
}

static bool timespec(struct diag *diag, const struct value *v)
{
	(void)diag;
	return is_layout(v, "timespec") || is_null(v);
}

static bool event_in(struct diag *diag, const struct value *v)
{
	(void)diag;
	return is_layout(v, "epoll_event") || is_null(v);
}

static bool events_out(struct diag *diag, const struct value *v)
{
	(void)diag;
	return v->kind == VALUE_ANY || is_layout(v, "epoll_event") || all_layout(v, "epoll_event");
}

static bool requests(struct diag *diag, const struct value *v)
{
	(void)diag;
	return all_layout(v, "io_uring_sqe");
}

static bool completions(struct diag *diag, const struct value *v)
{
	(void)diag;
	return all_layout(v, "io_uring_cqe");
}

static bool pair(struct diag *diag, const struct value *v)
{
	(void)diag;
	return is_list_of_numbers(v, 2);
}

static bool one_number(struct diag *diag, const struct value *v)
{
	(void)diag;
	return is_list_of_numbers(v, 1);
}

static bool any_number(struct diag *diag, const struct value *v)
{
	return v->kind == VALUE_ANY || one_number(diag, v);
}

static bool offset(struct diag *diag, const struct value *v)
{
	return null(diag, v) || one_number(diag, v);
}

/* CAP_EFFECTIVE, CAP_PERMITTED, CAP_INHERITABLE */
static bool capability_set(struct diag *diag, const struct value *v)
{
	(void)diag;
	return is_number(v) && v->number >= 0 && v->number <= 2;
}

static bool capability(struct diag *diag, const struct value *v)
{
	(void)diag;
	return is_number(v) && v->number >= 0 && v->number < 64;
}

static bool (*const fits[])(struct diag *diag, const struct value *v) = {
	/* clang-format off */
	[ARG_NONE]           = none,
	[ARG_INT]            = number,
	[ARG_FLAGS]          = number,
	[ARG_UNUSED]         = number,
	[ARG_DOMAIN]         = number_or_any,
	[ARG_TYPE]           = number,
	[ARG_PROTOCOL]       = number,
	[ARG_FD]             = number,
	[ARG_FIRST_FD]       = number,
	[ARG_LAST_FD]        = number,
	[ARG_NEW_FD]         = number,
	[ARG_PROCESS]        = number,
	[ARG_FD_COUNT]       = number,
	[ARG_FD_SET]         = fd_set_list,
	[ARG_COMMAND]        = number,
	[ARG_OWNER]          = number_or_any,
	[ARG_REQUEST]        = number,
	[ARG_BUFFER_IN]      = buffer_in,
	[ARG_BUFFER_OUT]     = buffer_out,
	[ARG_SIZE]           = number,
	[ARG_ADDRESS_IN]     = address_in,
	[ARG_ADDRESS_OUT]    = address_out,
	[ARG_OWN_ADDRESS_OUT] = address_out,
	[ARG_ADDRESS_SIZE]   = number_or_any,
	[ARG_ADDRESS_ROOM]   = null_or_any,
	[ARG_IOVEC_IN]       = iovec,
	[ARG_IOVEC_OUT]      = iovec,
	[ARG_COUNT]          = number,
	[ARG_MESSAGE_IN]     = is_message,
	[ARG_MESSAGE_OUT]    = is_message,
	[ARG_MESSAGES_IN]    = are_messages,
	[ARG_MESSAGES_OUT]   = are_messages,
	[ARG_LEVEL]          = number,
	[ARG_OPTION]         = number,
	[ARG_OPTION_IN]      = option_in,
	[ARG_OPTION_OUT]     = option_out,
	[ARG_OPTION_SIZE]    = number,
	[ARG_OPTION_ROOM]    = option_room,
	[ARG_POLL]           = poll_list,
	[ARG_TIMEOUT]        = number,
	[ARG_TIMESPEC]       = timespec,
	[ARG_TIMEVAL]        = timeval,
	[ARG_SIGNAL_SET]     = null,
	[ARG_EVENT_IN]       = event_in,
	[ARG_EVENTS_OUT]     = events_out,
	[ARG_PAIR_OUT]       = pair,
	[ARG_OFFSET]         = offset,
	[ARG_INT_REF]        = any_number,
	[ARG_PATH]           = text,
	[ARG_REQUESTS]       = requests,
	[ARG_COMPLETIONS]    = completions,
	[ARG_CAPABILITY_SET] = capability_set,
	[ARG_CAPABILITY]     = capability,
	[ARG_CAPABILITY_ON]  = number,
	/* clang-format on */
};
static_assert(sizeof(fits) / sizeof(*fits) == ARGUMENT_KINDS, "a kind of argument has no row");

bool argument_fits(struct diag *diag, enum argument_kind kind, const struct value *value)
{
	return fits[kind](diag, value);
}
