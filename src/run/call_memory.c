#include "run/call_memory.h"

#include <stdlib.h>
#include <string.h>

#include "program/records.h"

struct call_block {
	struct call_block *next;
	_Alignas(16) char memory[];
};

void *call_take(struct live_call *call, size_t size)
{
	size_t rounded = (size + 15) & ~(size_t)15;
	struct call_block *block;

	if (!call->keeps && rounded <= CALL_MEMORY - call->used) {
		void *memory = call->memory + call->used;

		call->used += rounded;
		return memory;
	}
	if (call->shared)
		return arena_alloc(call->shared, rounded);
	block = calloc(1, sizeof(*block) + rounded);
	if (!block)
		return NULL;
	block->next = call->more;
	call->more = block;
	return block->memory;
}

static bool sends(const struct syscall_row *row)
{
	for (size_t i = 0; i < syscall_arity(row); i++)
		if (row->arguments[i] == ARG_BUFFER_IN || row->arguments[i] == ARG_IOVEC_IN ||
		    row->arguments[i] == ARG_MESSAGE_IN || row->arguments[i] == ARG_MESSAGES_IN)
			return true;
	return false;
}

bool call_keeps(const struct running *run, const struct syscall_row *row)
{
	return !strcmp(row->name, "vmsplice") || (run->settings->send_omit_free && sends(row));
}

void call_release(struct live_call *call)
{
	for (struct call_block *block = call->more, *next; block && !call->keeps; block = next) {
		next = block->next;
		free(block);
	}
}

/* ---- outputs ---- */

static size_t outputs_of_message(const struct value *message)
{
	enum { OF_MESSAGE = 5 }; /* flags, two lengths, name, control */
	const struct value *iov = call_member(message, "msg_iov");

	return OF_MESSAGE + (iov ? iov->count : 0);
}

/* The largest number of outputs that one argument can have. */
static size_t outputs_of(enum argument_kind kind, const struct value *value)
{
	size_t count = 0;

	if (kind == ARG_POLL || kind == ARG_IOVEC_OUT || kind == ARG_MESSAGES_IN)
		return value->count;
	if (kind == ARG_MESSAGE_OUT)
		return outputs_of_message(value);
	if (kind != ARG_MESSAGES_OUT)
		return 1;
	for (size_t i = 0; i < value->count; i++)
		count += 1 + outputs_of_message(call_member(&value->items[i], "msg_hdr"));
	return count;
}

bool call_outputs_open(struct live_call *call)
{
	const struct call_want *want = call->want;
	size_t room = 0;

	for (size_t i = 0; i < want->count; i++)
		room += outputs_of(want->row->arguments[i], &want->arguments[i]);
	call->output_room = room;
	call->host.outputs = call_take(call, room * sizeof(*call->host.outputs));
	return call->host.outputs;
}

bool call_output(struct live_call *call, void *bytes, size_t size, enum output_kind kind)
{
	struct host_output *output = &call->host.outputs[call->host.output_count];

	if (!bytes || size == 0)
		return true;
	if (call->host.output_count == call->output_room)
		return false;
	call->host.output_count++;
	*output = (struct host_output){ bytes, size, kind };
	if (kind == OUTPUT_EMPTY)
		host_output_poison(output);
	return true;
}

/* ---- members ---- */

const struct value *call_member(const struct value *record, const char *name)
{
	for (size_t i = 0; i < record->count; i++)
		if (record->items[i].name && !strcmp(record->items[i].name, name))
			return &record->items[i];
	return NULL;
}

const struct value *call_item(const struct value *record, const char *name)
{
	for (size_t i = 0; i < record->count; i++)
		if (record->items[i].field && !strcmp(record->items[i].field->name, name))
			return &record->items[i];
	return NULL;
}

int64_t call_member_number(const struct value *record, const char *name)
{
	const struct value *value = call_member(record, name);

	return value && value->kind == VALUE_NUMBER ? value->number : 0;
}

void call_put_record(struct running *run, const struct value *record, void *memory)
{
	for (size_t i = 0; i < record->count; i++) {
		const struct value *item = &record->items[i];
		int64_t number = item->number;

		if (item->field->type == FIELD_DESCRIPTOR)
			number = descriptors_live(run->actors.descriptors, number);
		if (item->field->type == FIELD_BYTES)
			memcpy((char *)memory + item->field->offset, item->bytes, item->length);
		else
			record_put(item->field, memory, number);
	}
}

long call_argument(const struct live_call *call, enum argument_kind kind)
{
	const struct syscall_row *row = call->want->row;

	for (size_t i = 0; i < call->want->count; i++)
		if (row->arguments[i] == kind)
			return call->host.arguments[i + row->prefixed];
	return 0;
}
