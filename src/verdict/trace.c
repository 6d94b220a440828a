#include "verdict/trace.h"

#include <string.h>

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

usec_t trace_quiet_before(const struct trace *trace, size_t number)
{
	const struct event *event = trace_event(trace, number), *before;

	while (event && number-- > 0 && (before = trace_event(trace, number)))
		if ((before->kind == EVENT_SENT || before->kind == EVENT_INJECTED) &&
		    before->connection == event->connection)
			return event->at - before->at;
	return 0;
}

static bool is_kept(const struct trace *trace, size_t number)
{
	return number < trace->count && trace->count - number <= TRACE_EVENTS;
}

size_t trace_return(const struct trace *trace, size_t i)
{
	const struct event *begun = trace_get(trace, i);
	size_t kept = trace_kept(trace);

	if (!begun || begun->kind != EVENT_CALL_BEGUN)
		return 0;
	while (++i < kept) {
		const struct event *event = trace_get(trace, i);

		if (event->kind == EVENT_CALL_RETURNED &&
		    event->where.begin == begun->where.begin &&
		    event->where.end == begun->where.end)
			break;
	}
	return i;
}

bool trace_is_blocked(const struct trace *trace, size_t i)
{
	return trace_return(trace, i) == trace_kept(trace);
}

struct event *trace_at(struct trace *trace, size_t number)
{
	return is_kept(trace, number) ? &trace->events[number % TRACE_EVENTS] : NULL;
}

const struct event *trace_event(const struct trace *trace, size_t number)
{
	return is_kept(trace, number) ? &trace->events[number % TRACE_EVENTS] : NULL;
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
