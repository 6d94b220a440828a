#include "run/step_command.h"

#include <sys/wait.h>

#include "run/tell.h"

bool command_run(struct running *run, struct range where, const char *text)
{
	if (!run->settings->commands_allowed)
		return run_end(run, ENDING_MISSING, where, "commands are not allowed");
	timing_stir(&run->timing);
	int status = run->host->calls->command(run->host, text);
	if (status == 0)
		return true;
	if (status == -1)
		return run_end(run, ENDING_BROKEN, where, "%s", run->host->error);
	if (WIFSIGNALED(status))
		return run_fail(run, where, where, "the command was killed by signal %d",
		                WTERMSIG(status));
	return run_fail(run, where, where, "the command ended with status %d", WEXITSTATUS(status));
}

bool step_command(struct running *run, const struct step *step)
{
	run_note_lateness(run, timing_now(&run->timing));
	struct event *event = run_event(run, EVENT_COMMAND, step->where, timing_now(&run->timing));
	run_tell(run, event);
	usec_t begun = timing_now(&run->timing);
	bool good = command_run(run, step->where, step->text);
	usec_t took = timing_now(&run->timing) - begun;
	if (good)
		lateness_note_command(&run->lateness, took);
	return good;
}
