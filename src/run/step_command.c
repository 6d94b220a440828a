#include "run/step_command.h"

#include "program/wait_status.h"
#include "run/tell.h"

bool command_is_allowed(struct running *run, struct range where)
{
	return run->settings->commands_allowed ||
	       run_end(run, ENDING_MISSING, where, "commands are not allowed");
}

/* Did it end well? */
static bool check(struct running *run, struct range where, int status)
{
	char how[WAIT_STATUS_TEXT];

	if (status == 0)
		return true;
	if (status == -1)
		return run_end(run, ENDING_BROKEN, where, "%s", run->host->error);
	return run_fail(run, where, where, "the command %s", wait_status_tell(status, how));
}

bool command_run(struct running *run, struct range where, const char *text)
{
	if (!command_is_allowed(run, where))
		return false;
	timing_stir(&run->timing);
	return check(run, where, run->host->calls->command(run->host, text));
}

/* It is told when it is over, with how it ended. */
bool step_command(struct running *run, const struct step *step)
{
	usec_t begun = timing_now(&run->timing);
	struct event *event;
	int status;

	if (!command_is_allowed(run, step->where))
		return false;
	run_note_lateness(run, begun);
	timing_stir(&run->timing);
	event = run_event(run, EVENT_COMMAND, step->where, begun);
	status = run->host->calls->command(run->host, step->text);
	event->result = status;
	event->over = timing_now(&run->timing);
	run_tell(run, event);
	if (!check(run, step->where, status))
		return false;
	lateness_note_command(&run->lateness, event->over - begun);
	return true;
}
