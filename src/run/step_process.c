#define _GNU_SOURCE /* environ */
#include "run/step_process.h"

#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program/symbols.h"
#include "program/wait_status.h"
#include "run/ends.h"
#include "run/side.h"
#include "run/step_command.h"
#include "run/tell.h"
#include "run/wait.h"

enum { LOOK_AGAIN = 500 }; /* microseconds between two looks, while a process should end */

static bool fault(struct running *run, const struct step *step, const struct host *host)
{
	return run_end(run, ENDING_BROKEN, step->where, "%s", host->error);
}

/* A program learns from these where it is, and where its peer, in each address family. */
static void name_addresses(const struct running *run, bool at_peer)
{
	const struct addresses *addresses = side_addresses(run, at_peer);
	char text[IP_ADDRESS_TEXT];

	ip_address_print(&addresses->bind, text);
	setenv("LOCAL_ADDRESS", text, 1);
	ip_address_print(&addresses->connect, text);
	setenv("REMOTE_ADDRESS", text, 1);
}

static bool start(struct running *run, const struct step *step)
{
	const struct process_want *want = step->process;
	struct host *host = side_host(run, want->at_peer);
	unsigned number;

	timing_stir(&run->timing);
	if (want->action == PROCESS_RUN) {
		if (!command_is_allowed(run, step->where))
			return false;
		name_addresses(run, want->at_peer);
		if (!host->calls->spawn(host, want->text, &number))
			return fault(run, step, host);
		actors_add_program(&run->actors, want, number, step->where);
		return true;
	}
	if (!host->calls->fork(host, &number))
		return fault(run, step, host);
	actors_add_twin(&run->actors, run->arena, want, number, step->where);
	return true;
}

/* Waits until a process has ended, for as long as the tolerance. */
static bool await_end(struct running *run, const struct step *step, int *status)
{
	const struct actor *process = &run->actors.list[step->process->process];

	usec_t latest = run->timing.due + run->settings->tolerance;
	while (!run->host->calls->ended(run->host, process->host_number, status)) {
		usec_t now = timing_now(&run->timing);

		if (now > latest)
			return run_fail(run, step->where, step->where, "the process has not ended");
		if (!run_wait_until(run, now + LOOK_AGAIN))
			return false;
	}
	ends_note(run, process->host_number, *status, timing_now(&run->timing));
	return true;
}

/* The twin ends by a call that does not return. */
static bool leave(struct running *run, const struct step *step)
{
	const struct process_want *want = step->process;
	struct host_call *call = arena_alloc(run->shared, sizeof(*call));
	int status;

	if (!call)
		return run_end(run, ENDING_BROKEN, step->where,
		               "there is no more memory that processes can share");
	call->name = "exit";
	call->number = SYS_exit_group;
	call->arguments[0] = want->number;
	call->process = run->actors.list[want->process].host_number;
	run->host->calls->call(run->host, call);
	return await_end(run, step, &status);
}

/* The environment where the twin can see it; NULL: there is no memory. */
static char **shared_environment(struct arena *shared)
{
	size_t count = 0;
	char **copy;

	while (environ[count])
		count++;
	copy = arena_alloc(shared, (count + 1) * sizeof(*copy));
	for (size_t i = 0; copy && i < count; i++) {
		copy[i] = arena_alloc(shared, strlen(environ[i]) + 1);
		if (!copy[i])
			return NULL;
		strcpy(copy[i], environ[i]);
	}
	return copy;
}

/*
 * The twin becomes /bin/sh -c, by a call that does not return unless it fails. For the world it is
 * in this call until it ends.
 */
static bool become(struct running *run, const struct step *step)
{
	enum { WORDS = 4 };
	const struct process_want *want = step->process;
	struct host_call *call = arena_alloc(run->shared, sizeof(*call));
	const char **words = arena_alloc(run->shared, WORDS * sizeof(*words));
	char **environment;

	if (!command_is_allowed(run, step->where))
		return false;
	name_addresses(run, want->at_peer);
	environment = shared_environment(run->shared);
	if (!call || !words || !environment)
		return run_end(run, ENDING_BROKEN, step->where,
		               "there is no more memory that processes can share");
	words[0] = "sh";
	words[1] = "-c";
	words[2] = want->text;
	call->name = "execve";
	call->number = SYS_execve;
	call->arguments[0] = (long)"/bin/sh";
	call->arguments[1] = (long)words;
	call->arguments[2] = (long)environment;
	call->process = run->actors.list[want->process].host_number;
	timing_stir(&run->timing);
	if (!run->host->calls->begin(run->host, call))
		return fault(run, step, run->host);
	actors_become_program(&run->actors, want->process);
	return call->end != CALL_RETURNED ||
	       run_end(run, ENDING_BROKEN, step->where, "/bin/sh: %s", strerror(call->error));
}

static bool check_status(struct running *run, const struct step *step)
{
	const struct process_want *want = step->process;
	char how[WAIT_STATUS_TEXT];
	int status, seen;

	if (!await_end(run, step, &status))
		return false;
	seen = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
	if (seen == want->status.first)
		return true;
	const char *name =
		WIFSIGNALED(status) ? symbol_name(SYMBOL_SIGNAL, WTERMSIG(status)) : NULL;
	if (name)
		edits_add(&run->teller.evidence->edits, EDIT_WORDS, want->status.where, "%s", name);
	else
		edits_add(&run->teller.evidence->edits, EDIT_WORDS, want->status.where, "%d", seen);
	return run_fail_or_warn(run, false, step->where, want->status.where, "the process %s",
	                        wait_status_tell(status, how));
}

bool step_process(struct running *run, const struct step *step)
{
	const struct process_want *want = step->process;
	unsigned number = run->actors.list[want->process].host_number;

	usec_t begun = timing_now(&run->timing);
	bool good = false;
	run_note_lateness(run, begun);
	run_tell(run, run_event(run, EVENT_COMMAND, step->where, timing_now(&run->timing)));
	switch (want->action) {
	case PROCESS_FORK:
	case PROCESS_RUN:
		good = start(run, step);
		break;
	case PROCESS_EXIT:
		good = leave(run, step);
		break;
	case PROCESS_EXEC:
		good = become(run, step);
		break;
	case PROCESS_KILL:
		good = run->host->calls->kill(run->host, number, want->number) ||
		       fault(run, step, run->host);
		break;
	case PROCESS_WAIT:
		good = check_status(run, step);
		break;
	case PROCESS_ACTIONS:
		break;
	}
	timing_took(&run->timing, timing_now(&run->timing) - begun);
	return good;
}

bool step_link(struct running *run, const struct step *step)
{
	const struct link_want *want = step->link;
	struct host *host = side_host(run, want->at_peer);
	bool done = false;

	run_note_lateness(run, timing_now(&run->timing));
	run_tell(run, run_event(run, EVENT_COMMAND, step->where, timing_now(&run->timing)));
	switch (want->action) {
	case LINK_UP:
	case LINK_DOWN:
		done = host->wire->link(host, want->action == LINK_UP);
		break;
	case LINK_LOSES:
		done = host->wire->lose(host, want->count);
		break;
	case LINK_DELAYS:
		done = host->wire->delay(host, want->delay);
		break;
	}
	return done || fault(run, step, host);
}
