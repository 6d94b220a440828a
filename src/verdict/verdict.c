#include "verdict/verdict.h"

#include <assert.h>
#include <string.h>

const char *verdict_name(enum verdict_kind kind)
{
	static const char *const names[] = {
		[VERDICT_NONE] = "DIED",       [VERDICT_PASS] = "PASS",
		[VERDICT_FAIL] = "FAIL",       [VERDICT_XFAIL] = "XFAIL",
		[VERDICT_XPASS] = "XPASS",     [VERDICT_SKIP] = "SKIP",
		[VERDICT_INVALID] = "INVALID", [VERDICT_ERROR] = "ERROR",
		[VERDICT_CHECKED] = "CHECKED",
	};

	static_assert(sizeof(names) / sizeof(*names) == VERDICT_KINDS, "each kind has a name");

	return (unsigned)kind < VERDICT_KINDS ? names[kind] : "?";
}

size_t trace_kept(const struct trace *trace)
{
	return trace->count < TRACE_EVENTS ? trace->count : TRACE_EVENTS;
}

const struct event *trace_get(const struct trace *trace, size_t i)
{
	size_t kept = trace_kept(trace);

	if (i >= kept)
		return NULL;
	return &trace->events[(trace->count - kept + i) % TRACE_EVENTS];
}

struct event *trace_add(struct trace *trace)
{
	struct event *event = &trace->events[trace->count % TRACE_EVENTS];

	memset(event, 0, sizeof(*event));
	trace->count++;
	return event;
}

struct event *trace_at(struct trace *trace, size_t number)
{
	if (number >= trace->count || trace->count - number > TRACE_EVENTS)
		return NULL;
	return &trace->events[number % TRACE_EVENTS];
}

void segment_keep(struct segment *kept, const struct segment *segment,
                  uint8_t outer[ENCAPSULATION_MAX])
{
	*kept = *segment;
	kept->payload = NULL;
	kept->outer = outer;
	if (kept->outer_length > ENCAPSULATION_MAX)
		kept->outer_length = 0;
	if (kept->outer_length)
		memcpy(outer, segment->outer, kept->outer_length);
}
