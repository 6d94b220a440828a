#include "run/ring.h"

#include <string.h>

#include "host/ring_call.h"
#include "program/records.h"
#include "run/call_compare.h"
#include "run/call_memory.h"
#include "run/side.h"

/* linux/io_uring.h: operations that this file has to know */
enum { OP_CLOSE = 19, OP_SEND = 26, OP_RECV = 27 };

static int64_t field(const struct value *record, const char *name)
{
	const struct value *item = call_item(record, name);

	return item ? item->number : 0;
}

/* ---- requests ---- */

/* A request that moves data gets room for zeros: what came is looked at by other calls. */
static bool give_room(struct running *run, struct live_call *call, const struct value *record,
                      struct ring_request *request)
{
	struct arena *arena = call->shared ? call->shared : run->arena;
	void *room;

	if ((request->opcode != OP_SEND && request->opcode != OP_RECV) || !request->len ||
	    call_item(record, "addr"))
		return true;
	room = arena_alloc(arena, request->len);
	request->addr = (uint64_t)(uintptr_t)room;
	return room;
}

void *ring_take_requests(struct running *run, struct live_call *call, const struct value *list)
{
	struct ring_request *requests = call_take(call, (list->count + 1) * sizeof(*requests));

	for (size_t i = 0; requests && i < list->count; i++) {
		call_put_record(run, &list->items[i], &requests[i]);
		if (!give_room(run, call, &list->items[i], &requests[i]))
			return NULL;
	}
	return requests;
}

void ring_submitted(struct running *run, const struct value *list, size_t count)
{
	for (size_t i = 0; i < list->count && i < count; i++) {
		const struct value *request = &list->items[i];

		if (field(request, "opcode") == OP_CLOSE && run->rings.count < RING_CLOSES_MAX)
			run->rings.closes[run->rings.count++] = (struct ring_close){
				.user_data = field(request, "user_data"),
				.descriptor = (int)field(request, "fd"),
			};
	}
}

/* ---- completions ---- */

/* The close with this number is over, and has closed its descriptor unless it failed. */
static void close_completed(struct running *run, const struct ring_completion *completion)
{
	struct ring_close *closes = run->rings.closes;

	for (size_t i = 0; i < run->rings.count; i++) {
		if ((uint64_t)closes[i].user_data != completion->user_data)
			continue;
		if (completion->res == 0)
			descriptors_close(run->actors.descriptors, closes[i].descriptor);
		closes[i] = closes[--run->rings.count];
		return;
	}
}

static void accept_completed(struct running *run, const struct live_call *call, int script,
                             int live)
{
	struct connections *connections = side_connections(run, side_of_call(run, call->want));
	struct connection *c = connection_to_accept(connections, 0);

	if (c)
		c->phase = CONNECTION_OPEN;
	descriptors_open(run->actors.descriptors, script, live, c);
}

void ring_completed(struct running *run, const struct live_call *call, const struct value *list,
                    const void *completions)
{
	const struct ring_completion *completion = completions;
	size_t count = (size_t)call->host.result;

	for (size_t i = 0; i < count && i < list->count; i++) {
		const struct value *fd = call_item(&list->items[i], "fd");

		close_completed(run, &completion[i]);
		if (fd && completion[i].res >= 0)
			accept_completed(run, call, (int)fd->number, completion[i].res);
	}
}

/* "fd" is a number of the script's own, and "error" a result below 0. */
static bool check_one(struct running *run, const struct live_call *call, const struct value *want,
                      const struct ring_completion *seen)
{
	for (size_t i = 0; i < want->count; i++) {
		const struct value *item = &want->items[i];
		const char *name = item->field->name;
		int64_t number = item->number, came = record_get(item->field, seen);

		if (!strcmp(name, "fd") && seen->res >= 0)
			continue;
		if (!strcmp(name, "error") && seen->res <= 0) {
			if (!call_check_error(run, call, item, -seen->res))
				return false;
			continue;
		}
		if (!strcmp(name, "fd") || !strcmp(name, "error"))
			name = "res", came = seen->res;
		if (!call_check_number(run, call, item->where, name, number, came))
			return false;
	}
	return true;
}

bool ring_check(struct running *run, const struct live_call *call, const struct value *list,
                const void *completions)
{
	const struct ring_completion *completion = completions;

	for (size_t i = 0; i < list->count && i < (size_t)call->host.result; i++)
		if (!check_one(run, call, &list->items[i], &completion[i]))
			return false;
	return true;
}
