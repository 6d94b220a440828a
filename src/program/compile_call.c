/*
 * System calls. Each argument is checked for the kind that the row of the call says
 * (argument_kind.c). The script's descriptors are followed, so that one that was never opened is
 * found here.
 */
#include "program/compile_call.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "program/argument_kind.h"
#include "program/compile_process.h"
#include "program/compile_value.h"
#include "program/hints.h"
#include "program/records.h"
#include "program/symbols.h"

static bool wrong_argument(struct compiling *c, const struct call_want *call, size_t index)
{
	diag_error(c->diag, call->arguments[index].where, "argument %zu of %s must be %s",
	           index + 1, call->row->name, argument_wants(call->row->arguments[index]));
	hint_argument(c->diag, call, index);
	return false;
}

/* ---- descriptors ---- */

static bool in_range(struct compiling *c, const struct value *value)
{
	if (value->number < SCRIPT_DESCRIPTORS)
		return true;
	diag_error(c->diag, value->where, "descriptor %" PRId64 " is out of range (below %d)",
	           value->number, SCRIPT_DESCRIPTORS);
	return false;
}

static bool use_descriptor(struct compiling *c, const struct value *value)
{
	int64_t fd = value->number;

	if (fd < 0)
		return true; /* it is a bad one on purpose */
	if (!in_range(c, value))
		return false;
	unsigned char *use = &c->processes[c->who].descriptors[fd];
	if (*use != DESCRIPTOR_NEVER || c->incomplete)
		return true;
	diag_error(c->diag, value->where, "descriptor %" PRId64 " was never opened", fd);
	*use = DESCRIPTOR_CLOSED; /* so that it is reported only once */
	return false;
}

static bool open_descriptor(struct compiling *c, const struct value *value)
{
	int64_t fd = value->number;

	if (fd < 0)
		return true;
	if (!in_range(c, value))
		return false;
	if (c->processes[c->who].descriptors[fd] == DESCRIPTOR_OPEN && !c->incomplete) {
		diag_error(c->diag, value->where, "descriptor %" PRId64 " is already open", fd);
		return false;
	}
	c->processes[c->who].descriptors[fd] = DESCRIPTOR_OPEN;
	return true;
}

/* ---- arguments ---- */

static bool poll_descriptors(struct compiling *c, const struct value *list)
{
	bool good = true;

	for (size_t i = 0; i < list->count; i++)
		for (size_t k = 0; k < list->items[i].count; k++)
			if (list->items[i].items[k].field->type == FIELD_DESCRIPTOR)
				good &= use_descriptor(c, &list->items[i].items[k]);
	return good;
}

static bool check_count(struct compiling *c, const struct call_want *call, size_t index)
{
	const struct value *count = &call->arguments[index], *list = &call->arguments[index - 1];

	if (count->number == (int64_t)list->count)
		return true;
	diag_error(c->diag, count->where, "the list has %u element%s, not %" PRId64, list->count,
	           list->count == 1 ? "" : "s", count->number);
	return false;
}

/* The numbers are those of the script, but the kernel's number comes of them: see call_fd_set.h. */
static bool check_fd_count(struct compiling *c, const struct call_want *call)
{
	const struct value *count = call_argument_of(call, ARG_FD_COUNT);
	int64_t highest = -1;

	for (size_t i = 0; i < call->count; i++)
		for (size_t k = 0;
		     call->row->arguments[i] == ARG_FD_SET && k < call->arguments[i].count; k++) {
			const struct value *fd = &call->arguments[i].items[k].items[0];

			highest = fd->number > highest ? fd->number : highest;
		}
	if (!count || count->number < 0 || count->number == highest + 1)
		return true;
	diag_error(c->diag, count->where,
	           "this is the highest descriptor of the lists plus one, %" PRId64, highest + 1);
	return false;
}

enum { BYTES_MAX = 1 << 30 }; /* of one call; without a buffer they need no memory */

/* A string that is sent must be as long as the size says. */
static bool check_size(struct compiling *c, const struct call_want *call, size_t index)
{
	const struct value *size = &call->arguments[index], *buffer = &call->arguments[index - 1];

	if ((size->number < 0 || size->number > BYTES_MAX) &&
	    !(buffer->kind == VALUE_NUMBER && buffer->number == 0)) {
		diag_error(c->diag, size->where, "the size %" PRId64 " is out of range (0 to %d)",
		           size->number, BYTES_MAX);
		return false;
	}
	if (call->row->arguments[index - 1] == ARG_BUFFER_IN && buffer->kind == VALUE_BYTES &&
	    (size_t)size->number > buffer->length) {
		diag_error(c->diag, size->where, "the string has only %u bytes", buffer->length);
		return false;
	}
	return true;
}

/* The number may be signed or unsigned. */
static bool check_int(struct compiling *c, const struct value *value)
{
	if (value->number >= INT32_MIN && value->number <= UINT32_MAX)
		return true;
	diag_error(c->diag, value->where, "the value %" PRId64 " does not fit in 32 bits",
	           value->number);
	return false;
}

/* [N] has 32 bits; with a size of 8 it has 64. */
static bool check_option_value(struct compiling *c, const struct call_want *call, size_t index)
{
	const struct value *size = &call->arguments[index], *option = &call->arguments[index - 1];

	return option->kind != VALUE_LIST || size->number == sizeof(int64_t) ||
	       check_int(c, &option->items[0]);
}

static bool check_argument(struct compiling *c, struct call_want *call, size_t index)
{
	struct value *value = &call->arguments[index];
	enum argument_kind kind = call->row->arguments[index];
	unsigned before = diag_error_count(c->diag);

	if (!argument_fits(c->diag, kind, value))
		return diag_error_count(c->diag) > before ? false : wrong_argument(c, call, index);
	if (kind == ARG_INT || kind == ARG_FLAGS || kind == ARG_TYPE || kind == ARG_PROTOCOL ||
	    kind == ARG_COMMAND || kind == ARG_REQUEST || kind == ARG_LEVEL || kind == ARG_OPTION)
		return check_int(c, value);
	if (kind == ARG_FD)
		return use_descriptor(c, value);
	if (kind == ARG_NEW_FD || kind == ARG_FIRST_FD || kind == ARG_LAST_FD)
		return in_range(c, value);
	if (kind == ARG_POLL || kind == ARG_FD_SET)
		return poll_descriptors(c, value);
	if (kind == ARG_COUNT)
		return check_count(c, call, index);
	if (kind == ARG_SIZE)
		return check_size(c, call, index);
	if (kind == ARG_OPTION_SIZE)
		return check_option_value(c, call, index);
	return true;
}

/* Tells whether there is a string in it, at any depth. */
static bool has_text(const struct value *value)
{
	if (value->kind == VALUE_BYTES)
		return true;
	for (size_t i = 0; i < value->count; i++)
		if (has_text(&value->items[i]))
			return true;
	return false;
}

static bool is_data(enum argument_kind kind)
{
	return kind == ARG_BUFFER_IN || kind == ARG_IOVEC_IN || kind == ARG_MESSAGE_IN;
}

static bool compile_arguments(struct compiling *c, const struct call_node *node,
                              struct call_want *call)
{
	size_t arity = syscall_arity(call->row), least = arity - call->row->optional;
	bool good = true;

	call->arguments = arena_alloc(c->arena, arity * sizeof(*call->arguments));
	for (const struct expr *e = node->arguments; e; e = e->next) {
		if (call->count < arity) {
			struct value *value = &call->arguments[call->count];

			if (compile_value(c, e, value)) {
				call->count++;
				good &= check_argument(c, call, call->count - 1);
				c->sends_text |= is_data(call->row->arguments[call->count - 1]) &&
				                 has_text(value);
				continue;
			}
			good = false;
		}
		call->count++;
	}
	const struct value *command =
		good && call->count <= arity ? call_argument_of(call, ARG_COMMAND) : NULL;
	if (command) {
		call->row = syscall_commanded(call->row, command->number);
		least = arity - call->row->optional;
	}
	if (call->count < least || call->count > arity) {
		char few[32] = "";

		if (least < arity)
			snprintf(few, sizeof(few), "%zu or ", least);
		diag_error(c->diag, node->name.where, "%s takes %s%zu argument%s, not %u",
		           call->row->name, few, arity, arity == 1 ? "" : "s", call->count);
		return false;
	}
	return good && check_fd_count(c, call);
}

/* ---- the result ---- */

static bool compile_error_name(struct compiling *c, const struct word *word, struct call_want *call)
{
	int64_t number;

	if (!word->text)
		return true;
	struct expr expr = { .kind = EXPR_WORD, .text = word->text, .where = word->where };
	if (!symbol_find_in(SYMBOL_ERRNO, word->text, &number)) {
		report_unknown_symbol(c, &expr);
		return false;
	}
	call->error = (int)number;
	call->error_where = word->where;
	if (call->result.kind == VALUE_NUMBER && call->result.number >= 0) {
		diag_error(c->diag, word->where, "a call that succeeds has no error %s",
		           word->text);
		return false;
	}
	return true;
}

static bool compile_result(struct compiling *c, const struct call_node *node,
                           struct call_want *call)
{
	if (!node->result) {
		diag_error(c->diag, node->name.where, "the result of %s is missing",
		           call->row->name);
		diag_hint(c->diag,
		          "write = N behind the call, or = ... when the result does not matter");
		return false;
	}
	if (node->result->kind == EXPR_FLOAT || node->result->kind == EXPR_PAIR) {
		diag_error(c->diag, node->result->where, "a call returns one whole number");
		return false;
	}
	if (!compile_value(c, node->result, &call->result))
		return false;
	return compile_error_name(c, &node->error, call);
}

static void close_descriptor(struct compiling *c, const struct value *value)
{
	if (value->number >= 0 && value->number < SCRIPT_DESCRIPTORS)
		c->processes[c->who].descriptors[value->number] = DESCRIPTOR_CLOSED;
}

/* close_range(2) closes what is open between two numbers, unless it only marks it. */
static void close_descriptors(struct compiling *c, const struct call_want *call)
{
	const struct value *first = call_argument_of(call, ARG_FIRST_FD),
			   *last = call_argument_of(call, ARG_LAST_FD);
	unsigned char *use = c->processes[c->who].descriptors;

	for (int64_t fd = first->number; !call_only_marks(call) && fd <= last->number; fd++)
		if (fd >= 0 && use[fd] == DESCRIPTOR_OPEN)
			use[fd] = DESCRIPTOR_CLOSED;
}

/* The call returns a new descriptor. */
static bool follow_new(struct compiling *c, const struct call_want *call)
{
	const struct value *given = call_argument_of(call, ARG_NEW_FD);

	if (call->result.kind == VALUE_ANY) {
		diag_error(c->diag, call->result.where, "a new descriptor needs a number");
		return false;
	}
	if (given && call->result.number >= 0 && call->result.number != given->number) {
		diag_error(c->diag, call->result.where,
		           "%s returns the number that it was given, %" PRId64, call->row->name,
		           given->number);
		return false;
	}
	/* Scripts of packetdrill accept several connections under the same number. */
	if (given || call->row->effect == EFFECT_ACCEPT)
		close_descriptor(c, &call->result);
	return open_descriptor(c, &call->result);
}

/* Follows what the call does to the script's descriptors. */
static bool follow_descriptors(struct compiling *c, const struct call_want *call)
{
	const struct value *pair = call_argument_of(call, ARG_PAIR_OUT);

	if (call->row->result == RESULT_DESCRIPTOR)
		return follow_new(c, call);
	if (call->row->effect == EFFECT_PAIR && call->result.kind == VALUE_NUMBER &&
	    call->result.number >= 0)
		return open_descriptor(c, &pair->items[0]) && open_descriptor(c, &pair->items[1]);
	if (call->row->effect == EFFECT_CLOSE)
		close_descriptor(c, call_argument_of(call, ARG_FD));
	if (call->row->effect == EFFECT_CLOSE_RANGE)
		close_descriptors(c, call);
	return true;
}

/*
 * When the call is wrong, its new descriptor is taken to be open, so that there is only one error.
 */
static void presume_open(struct compiling *c, const struct call_want *call)
{
	if (call->row->result == RESULT_DESCRIPTOR && call->result.kind == VALUE_NUMBER &&
	    call->result.number >= 0 && call->result.number < SCRIPT_DESCRIPTORS)
		c->processes[c->who].descriptors[call->result.number] = DESCRIPTOR_OPEN;
}

/*
 * The name before a call: a process, or a thread. A thread is named at a call that blocks, and
 * needs no other declaration.
 */
static bool compile_actor(struct compiling *c, const struct call_node *node, struct call_want *call)
{
	if (c->at_peer) {
		diag_error(c->diag, node->actor.where, "a call at the peer is a process's there");
		diag_hint(c->diag, "write peer: fork() = NAME first, and then NAME: %s(...)",
		          call->row->name);
		return false;
	}
	if (!node->actor.text)
		return true;
	if (!process_by_name(c, node->actor.text, &call->process)) {
		if (node->blocking)
			return true;
		diag_error(c->diag, node->actor.where, "there is no process '%s' here",
		           node->actor.text);
		diag_hint(c->diag,
		          "fork() = %s makes one; a thread is named at a call that blocks (+0...1)",
		          node->actor.text);
		return false;
	}
	if (!c->processes[call->process].is_program)
		return true;
	diag_error(c->diag, node->actor.where, "'%s' is a program and makes its own calls",
	           node->actor.text);
	call->process = 0;
	return false;
}

struct call_want *compile_call(struct compiling *c, const struct call_node *node,
                               const struct syscall_row *row, const struct step *step)
{
	struct call_want *call = arena_alloc(c->arena, sizeof(*call));

	call->row = row;
	bool good = compile_actor(c, node, call);
	c->who = call->process;
	good = compile_arguments(c, node, call) && good;
	good &= compile_result(c, node, call);
	if (node->tail) {
		diag_error(c->diag, node->tail->where, "nothing more can stand behind a call");
		good = false;
	}
	if (node->blocking) {
		call->blocking = true;
		good &= compile_time(c, node->end, &call->end);
		call->end_where = node->end->where;
		if (good && call->end < step->at) {
			diag_error(c->diag, node->end->where,
			           "the call would return before it is made");
			good = false;
		}
	}
	if (good)
		good = follow_descriptors(c, call);
	else
		presume_open(c, call);
	c->who = 0;
	return good ? call : NULL;
}
