#include "verdict/judge.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/*
 * Also on a machine that is not busy, a timer of the kernel may be late by a tick, which may be 10
 * ms. What the kernel does in softirqs waits for a CPU as a thread does, but not longer than
 * SOFTIRQ_MAX.
 */
enum { TICK = 10 * USEC_PER_MSEC, SOFTIRQ_MAX = 50 * USEC_PER_MSEC };

/* ---- doubts ---- */

/*
 * Who waits for a processor, or for a tick, is late. So a segment is too early only by as much as
 * one that it is counted from was late; what we do ourselves has its own time, and is accounted
 * for otherwise.
 */
static bool waiting_explains(const struct evidence *evidence)
{
	return evidence->off > 0 && (!evidence->early || evidence->off <= evidence->late_kernel);
}

/* Only a time is wrong, and the machine was busy enough to explain it. */
static bool busy_explains(const struct evidence *evidence)
{
	return waiting_explains(evidence) && evidence->off <= evidence->pressure &&
	       evidence->off <= SOFTIRQ_MAX;
}

/*
 * A shell command has no real-time priority. On a busy machine it is slow, and the script is late
 * after it.
 */
static bool command_explains(const struct evidence *evidence, usec_t tolerance)
{
	return evidence->command_max > tolerance && evidence->pressure > tolerance;
}

/*
 * Events that the kernel sends by a timer. It may also have sent them because the harness was late.
 */
static bool is_by_timer(const struct event *event)
{
	static const char *const words[] = {
		"retransmi",     "probe",         "delayed ACK",
		"window update", "duplicate ACK", "RST in reply",
	};

	for (size_t i = 0; event && i < sizeof(words) / sizeof(*words); i++)
		if (strstr(event->classified, words[i]))
			return true;
	return false;
}

static bool differs_in(const struct evidence *evidence, const char *field)
{
	for (size_t i = 0; i < evidence->mismatches.count; i++)
		if (!strcmp(evidence->mismatches.list[i].field, field))
			return true;
	return false;
}

/*
 * Tells whether lateness can be the cause. It can make a time wrong, by as much as was lost in all.
 * It can make the kernel do something by a timer, in place of what was wanted. And something can be
 * looked at too late. But it makes no segment longer, it does not change the kind of a segment that
 * is sent for the first time, and it keeps no call from returning.
 */
static bool lateness_can_make(const struct evidence *evidence, usec_t tolerance)
{
	if (evidence->hung)
		return false;
	if (evidence->off > 0)
		return evidence->late_max > tolerance && evidence->off <= evidence->late_sum;
	if (evidence->late_recent <= tolerance)
		return false;
	return !evidence->has_seen || !evidence->has_want ||
	       is_by_timer(trace_event(&evidence->trace, evidence->event)) ||
	       !(differs_in(evidence, "length") || differs_in(evidence, "flags"));
}

/* Programs that waited for a processor are late with everything that they do. */
static bool waiting_can_make(const struct evidence *evidence, usec_t tolerance)
{
	return evidence->waited > tolerance && !evidence->hung &&
	       (evidence->off <= 0 || evidence->off <= evidence->waited) &&
	       !differs_in(evidence, "length");
}

enum doubt judge_doubt(const struct evidence *evidence, usec_t tolerance)
{
	if (evidence->ending != ENDING_WRONG || evidence->hung)
		return DOUBT_NONE;
	if (lateness_can_make(evidence, tolerance) || waiting_can_make(evidence, tolerance))
		return DOUBT_HARNESS;
	if (busy_explains(evidence))
		return DOUBT_BUSY;
	if (command_explains(evidence, tolerance))
		return DOUBT_COMMAND;
	if (waiting_explains(evidence) && evidence->off <= TICK)
		return DOUBT_TICK;
	/* Even much less lateness may have decided about a segment that was itself late. */
	return evidence->late_max > tolerance / 4 ? DOUBT_SLIGHT : DOUBT_NONE;
}

/* ---- verdicts ---- */

/*
 * Finds out why a failure tells nothing about the kernel. Returns false when it does tell
 * something.
 */
static bool say_doubt(const struct evidence *evidence,
                      const struct judge_circumstances *circumstances, char detail[VERDICT_TEXT])
{
	usec_t own = evidence->off > 0 ? evidence->late_max : evidence->late_recent;
	bool programs = !lateness_can_make(evidence, circumstances->tolerance);
	usec_t late = programs ? evidence->waited : own;

	switch (judge_doubt(evidence, circumstances->tolerance)) {
	case DOUBT_HARNESS:
		snprintf(detail, VERDICT_TEXT,
		         "%s %.1f ms%s before this, more than the tolerance of %.1f ms",
		         programs ? "the script's programs waited" : "the harness was",
		         (double)late / USEC_PER_MSEC, programs ? " for a processor" : " late",
		         (double)circumstances->tolerance / USEC_PER_MSEC);
		return true;
	case DOUBT_BUSY:
		snprintf(detail, VERDICT_TEXT, "the machine is busy: the time is off by %.1f ms",
		         (double)evidence->off / USEC_PER_MSEC);
		return !circumstances->always_so;
	case DOUBT_COMMAND:
		snprintf(detail, VERDICT_TEXT,
		         "the machine is busy: a shell command delayed the script by %.1f ms",
		         (double)evidence->command_max / USEC_PER_MSEC);
		return !circumstances->always_so;
	case DOUBT_NONE:
	case DOUBT_TICK:
	case DOUBT_SLIGHT:
	case DOUBTS:
		break;
	}
	return false;
}

static enum verdict_kind kind_of(const struct evidence *evidence,
                                 const struct judge_circumstances *circumstances,
                                 char detail[VERDICT_TEXT])
{
	static const enum verdict_kind kinds[] = {
		/* clang-format off */
		[ENDING_NONE] = VERDICT_NONE,      [ENDING_WELL] = VERDICT_PASS,
		[ENDING_WRONG] = VERDICT_FAIL,     [ENDING_BROKEN] = VERDICT_INVALID,
		[ENDING_MISSING] = VERDICT_SKIP,   [ENDING_SCRIPT] = VERDICT_ERROR,
		[ENDING_CHECKED] = VERDICT_CHECKED,
		/* clang-format on */
	};

	static_assert(sizeof(kinds) / sizeof(*kinds) == ENDINGS, "each ending has a verdict");

	if (evidence->ending == ENDING_WRONG && say_doubt(evidence, circumstances, detail))
		return VERDICT_INVALID;
	if (evidence->ending == ENDING_WRONG && circumstances->bug)
		return VERDICT_XFAIL;
	if (evidence->ending == ENDING_WELL && circumstances->bug && !circumstances->bug_sometimes)
		return VERDICT_XPASS;
	return (unsigned)evidence->ending < ENDINGS ? kinds[evidence->ending] : VERDICT_NONE;
}

void judge(const struct evidence *evidence, const struct judge_circumstances *circumstances,
           struct verdict *verdict)
{
	char doubt[VERDICT_TEXT] = "";

	memset(verdict, 0, sizeof(*verdict));
	verdict->evidence = evidence;
	verdict->kind = kind_of(evidence, circumstances, doubt);
	memcpy(verdict->reason, evidence->reason, VERDICT_TEXT);
	memcpy(verdict->detail, evidence->detail, VERDICT_TEXT);
	if (doubt[0] && verdict->kind == VERDICT_INVALID)
		memcpy(verdict->detail, doubt, VERDICT_TEXT);
	verdict->line = evidence->line;
	verdict->where = evidence->where.end ? evidence->where : evidence->line;
}
