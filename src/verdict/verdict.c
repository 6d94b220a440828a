#include "verdict/verdict.h"

#include <assert.h>

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

const struct event *verdict_event(const struct verdict *verdict)
{
	return trace_event(&verdict->evidence->trace, verdict->evidence->event);
}
