#include "report/findings.h"

#include <string.h>

#include "base/text.h"
#include "report/words.h"

const char *findings_remark(const struct report_test *test, char text[WORDS])
{
	const struct verdict *verdict = test->verdict;
	const struct report_known *known = test->known;
	struct text_buffer out = text_begin(text, WORDS);

	if (test->flaky)
		text_add(&out, "passed on try %u, after %s", test->tries, test->before);
	else if (verdict->kind == VERDICT_XPASS)
		text_add(&out, "passed, although a bug is known: ");
	else if (verdict->kind != VERDICT_PASS && !(verdict->kind == VERDICT_XFAIL && known))
		text_add(&out, "%.*s", (int)strnlen(verdict->reason, VERDICT_TEXT),
		         verdict->reason);
	if (known && (verdict->kind == VERDICT_XFAIL || verdict->kind == VERDICT_XPASS))
		text_add(&out, "%s%s%s%s", known->reason, known->link ? " (" : "",
		         known->link ? known->link : "", known->link ? ")" : "");
	return text;
}

bool findings_locate(const struct report_test *test, struct range *range, struct location *location)
{
	const struct verdict *verdict = test->verdict;
	size_t kept = trace_kept(&verdict->evidence->trace);
	const struct event *last = kept ? trace_get(&verdict->evidence->trace, kept - 1) : NULL;

	if (!test->sources)
		return false;
	*range = verdict->where.end ? verdict->where : verdict->line;
	/* A dead child could not say where it was; its last event does. */
	if (!range->end && verdict->kind == VERDICT_NONE && last)
		*range = last->where;
	return range->end && sources_locate(test->sources, range->begin, location);
}

const char *findings_let_pass(const struct report_test *test, unsigned i, char text[WORDS])
{
	const struct evidence *evidence = test->verdict->evidence;
	struct text_buffer out = text_begin(text, WORDS);
	struct location location;

	if (i >= evidence->warnings || i >= LET_PASS_MAX)
		return NULL;
	if (test->sources &&
	    sources_locate(test->sources, evidence->let_pass[i].where.begin, &location))
		text_add(&out, "%.200s:%u: ", location.path, location.line);
	text_add(&out, "%.*s", (int)strnlen(evidence->let_pass[i].text, LET_PASS_TEXT),
	         evidence->let_pass[i].text);
	return text;
}

/* "FP. 156:625(469)" */
static void add_part(struct text_buffer *out, const struct segment *segment)
{
	const struct tcp_header *tcp = &segment->tcp;
	char flags[TCP_FLAGS_TEXT];

	text_add(out, "%s %u:%u(%u)", tcp_flags_print(tcp->flags, flags), tcp->sequence,
	         tcp->sequence + segment->payload_length, segment->payload_length);
}

const char *findings_parts(const struct report_test *test, char text[WORDS])
{
	const struct evidence *evidence = test->verdict->evidence;
	struct text_buffer out = text_begin(text, WORDS);

	if (!evidence->has_seen || evidence->part_count < 2)
		return NULL;
	text_add(&out, "%u packets together", evidence->part_count);
	for (unsigned i = 0; i < evidence->part_count && i < PARTS_MAX; i++) {
		const struct event *event = trace_event(&evidence->trace, evidence->parts[i]);

		text_add(&out, i ? ", " : ": ");
		if (event)
			add_part(&out, &event->segment);
	}
	return text;
}
