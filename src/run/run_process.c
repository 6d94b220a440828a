/* Processes: twins that make calls, programs that the script plays the peer of; and the device. */
#include "run/running.h"

#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>

enum { LOOK_AGAIN = 500 }; /* microseconds, while a process is expected to end */

static bool fault(struct running *run, const struct step *step)
{
	return run_end(run, VERDICT_INVALID, step->where, "%s", run->host->error);
}

static bool start(struct running *run, const struct step *step)
{
	const struct process_want *want = step->process;
	struct process *process = &run->processes[want->process];
	const struct host_ops *ops = run->host->ops;

	run->stirred = true;
	if (want->action == PROCESS_RUN) {
		if (!run->settings->commands_allowed)
			return run_end(run, VERDICT_SKIP, step->where, "commands are not allowed");
		return ops->spawn(run->host, want->text, &process->host_number) || fault(run, step);
	}
	process->descriptors =
		arena_memdup(run->arena, run->descriptors, sizeof(*run->descriptors));
	return ops->fork(run->host, &process->host_number) || fault(run, step);
}

/* Waits until a process has ended, as long as a time may be off. */
static bool await_end(struct running *run, const struct step *step, int *status)
{
	const struct process *process = &run->processes[step->process->process];

	usec_t latest = run->due + run->settings->tolerance;
	while (!run->host->ops->ended(run->host, process->host_number, status)) {
		usec_t now = run_now(run);

		if (now > latest)
			return run_fail(run, step->where, step->where, "the process has not ended");
		if (!run_wait_until(run, now + LOOK_AGAIN))
			return false;
	}
	return true;
}

/* The twin ends by a call that does not come back. */
static bool leave(struct running *run, const struct step *step)
{
	const struct process_want *want = step->process;
	struct host_call *call = arena_alloc(run->shared, sizeof(*call));
	int status;

	if (!call)
		return run_end(run, VERDICT_INVALID, step->where,
		               "out of memory that processes share");
	call->name = "exit";
	call->number = SYS_exit_group;
	call->arguments[0] = want->number;
	call->process = run->processes[want->process].host_number;
	run->host->ops->call(run->host, call);
	return await_end(run, step, &status);
}

static bool check_status(struct running *run, const struct step *step)
{
	const struct process_want *want = step->process;
	int status, seen;

	if (!await_end(run, step, &status))
		return false;
	seen = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
	if (seen == want->status.first)
		return true;
	if (WIFSIGNALED(status))
		return run_fail(run, step->where, want->status.where,
		                "the process was killed by %s", strsignal(WTERMSIG(status)));
	return run_fail(run, step->where, want->status.where, "the process ended with status %d",
	                seen);
}

bool step_process(struct running *run, const struct step *step)
{
	const struct process_want *want = step->process;
	unsigned number = run->processes[want->process].host_number;

	usec_t begun = run_now(run);
	bool good = false;
	run_note_lateness(run, begun);
	run_tell(run, run_event(run, EVENT_COMMAND, step->where, run_now(run)));
	switch (want->action) {
	case PROCESS_FORK:
	case PROCESS_RUN:
		good = start(run, step);
		break;
	case PROCESS_EXIT:
		good = leave(run, step);
		break;
	case PROCESS_KILL:
		good = run->host->ops->kill(run->host, number, want->number) || fault(run, step);
		break;
	case PROCESS_WAIT:
		good = check_status(run, step);
		break;
	case PROCESS_ACTIONS:
		break;
	}
	run->took = run_now(run) - begun;
	return good;
}

bool step_link(struct running *run, const struct step *step)
{
	run_note_lateness(run, run_now(run));
	run_tell(run, run_event(run, EVENT_COMMAND, step->where, run_now(run)));
	return run->host->ops->link(run->host, step->link_up) || fault(run, step);
}
