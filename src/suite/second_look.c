#include "suite/second_look.h"

#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "kernel/reasons.h"

/* A test that takes longer is not played twice. */
enum { LONGEST = 5 * USEC_PER_SEC };

struct first_look {
	struct evidence evidence;
	const char *artifacts, *printed;
	unsigned tries;
	usec_t wall;
	bool cut_short;
};

/* ---- is it worth while? ---- */

/* Tells whether a segment was injected since the last one that a line took. */
static bool has_injected(const struct trace *trace, size_t end)
{
	for (size_t i = end; i-- > 0;) {
		const struct event *event = trace_event(trace, i);

		if (!event || (event->kind == EVENT_SENT && event->where.end))
			break;
		if (event->kind == EVENT_INJECTED)
			return true;
	}
	return false;
}

/*
 * Tells whether the kernel can have a reason: for a RST, or for what it did with a segment that it
 * got.
 */
static bool may_have_reasons(const struct evidence *evidence)
{
	bool located = trace_event(&evidence->trace, evidence->event);

	if (evidence->hung || evidence->ending != ENDING_WRONG)
		return false;
	return (evidence->has_seen && evidence->seen.tcp.flags & TCP_RST) ||
	       has_injected(&evidence->trace, located ? evidence->event : evidence->trace.count);
}

/*
 * When each event is printed, or everything is kept, as it happens, the test is played only once.
 */
static bool may_be_played_again(const struct test *test, const struct suite_options *options)
{
	return !options->packetdrill && !options->virtual_time && !options->in_guest &&
	       !options->pcap_path && !options->record_path && !options->replay_path &&
	       !options->fail_fast && !test->program->settings.verbose && !test_has_stack(test) &&
	       !test->printed && !test->cut_short && test->wall < LONGEST;
}

static bool they_are_told(void)
{
	static enum { UNKNOWN, TOLD, UNTOLD } known;
	char error[FAULT_TEXT];

	if (known == UNKNOWN)
		known = reasons_are_told(error) ? TOLD : UNTOLD;
	return known == TOLD;
}

bool second_look_wanted(struct test *test, const struct suite_options *options)
{
	if (options->reasons != REASONS_AGAIN || test->verdict->kind != VERDICT_FAIL ||
	    !test->tries || !may_have_reasons(test->evidence) ||
	    !may_be_played_again(test, options) || !they_are_told())
		return false;
	test->first = malloc(sizeof(*test->first));
	if (!test->first)
		return false;
	*test->first = (struct first_look){
		.artifacts = test->artifacts,
		.tries = test->tries,
		.wall = test->wall,
		.printed = test->printed,
		.cut_short = test->cut_short,
	};
	memcpy(&test->first->evidence, test->evidence, sizeof(*test->evidence));
	return true;
}

/* ---- what the second look has shown ---- */

static bool ended_alike(const struct evidence *one, const struct evidence *other)
{
	return one->ending == other->ending && one->line.begin == other->line.begin &&
	       one->has_seen == other->has_seen && one->has_want == other->has_want;
}

/* The number of the event for the same packet; EVENT_NONE when there is none. */
static size_t same_packet(const struct evidence *evidence, const struct event *event)
{
	for (size_t i = evidence->trace.count; i-- > 0;) {
		const struct event *other = trace_event(&evidence->trace, i);

		if (!other)
			break;
		if (other->kind == event->kind && other->ordinal == event->ordinal)
			return i;
	}
	return EVENT_NONE;
}

static void take_reasons(struct evidence *first, const struct evidence *second)
{
	memcpy(first->untold, second->untold, sizeof(first->untold));
	for (unsigned i = 0; i < second->fate_count && i < FATES_MAX; i++) {
		const struct packet_fate *fate = &second->fates[i];
		const struct event *event = trace_event(&second->trace, fate->event);
		size_t number = event ? same_packet(first, event) : EVENT_NONE;

		if (number == EVENT_NONE)
			continue;
		first->fates[first->fate_count] = *fate;
		first->fates[first->fate_count++].event = number;
	}
}

void second_look_over(struct test *test)
{
	struct first_look *first = test->first;

	if (!first)
		return;
	if (test->tries > first->tries && ended_alike(&first->evidence, test->evidence))
		take_reasons(&first->evidence, test->evidence);
	memcpy(test->evidence, &first->evidence, sizeof(*test->evidence));
	test->artifacts = first->artifacts;
	test->tries = first->tries;
	test->wall = first->wall;
	test->printed = first->printed;
	test->cut_short = first->cut_short;
	free(first);
	test->first = NULL;
}
