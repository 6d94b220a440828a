#include "suite/second_oracle.h"

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "check/shadow_say.h"

/* A busy machine delays what the kernel does in softirqs, as it delays us. */
static usec_t slack_of(const struct evidence *evidence)
{
	enum { SLACK = 250 * USEC_PER_MSEC };

	return SLACK + evidence->late_max + evidence->pressure;
}

static void end_wrong(struct evidence *evidence, const struct shadow_sentence *sentence)
{
	evidence->ending = ENDING_WRONG;
	evidence->event = sentence->event == SIZE_MAX ? EVENT_NONE : sentence->event;
	evidence->connection = sentence->connection;
	evidence->at = sentence->at;
	evidence->line = evidence->where = sentence->line;
	snprintf(evidence->reason, VERDICT_TEXT, "%s", sentence->reason);
}

void second_oracle(struct test *test, const struct suite_options *options)
{
	struct evidence *evidence = test->evidence;
	struct shadow_sentence sentence;
	struct shadow_measure measure = { .mode = options->model, .slack = slack_of(evidence) };
	struct utsname system;
	size_t used;

	/* With a real peer nobody has seen what arrived, and when. */
	if (!options->shadow || test->program->settings.real_peer ||
	    (evidence->ending != ENDING_WELL && evidence->ending != ENDING_WRONG))
		return;
	/* A recording may be of another kernel. */
	if (!options->replay_path && !settings_have_stack(&test->program->settings) &&
	    uname(&system) == 0)
		measure.kernel = system.release;
	if (!shadow_say(test->program, &evidence->trace, &measure, &evidence->model, &sentence))
		return;
	if (evidence->ending == ENDING_WELL)
		end_wrong(evidence, &sentence);
	used = strnlen(evidence->detail, VERDICT_TEXT);
	snprintf(evidence->detail + used, VERDICT_TEXT - used, "%s%s", used ? "\n" : "",
	         sentence.detail);
}
