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
