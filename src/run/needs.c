#include "run/needs.h"

#include <assert.h>

#include "program/syscalls.h"
#include "run/left_out.h"

/* What a step may need. */
enum need {
	NEED_NOTHING,
	NEED_LINK,
	NEED_BLOCKING,
	NEED_TWINS,
	NEED_PROGRAMS,
	NEED_KILL,
	NEED_ENDS,
	NEED_COMMANDS,
	NEED_STATES,
	NEED_COUNTERS,
	NEED_SIGNALS,
	NEEDS
};

static const char *const words[] = {
	[NEED_NOTHING] = "",
	[NEED_LINK] = "take its link down",
	[NEED_BLOCKING] = "make a call that blocks",
	[NEED_TWINS] = "make calls in another process",
	[NEED_PROGRAMS] = "run programs",
	[NEED_KILL] = "send signals to processes",
	[NEED_ENDS] = "tell whether a process has ended",
	[NEED_COMMANDS] = "run commands",
	[NEED_STATES] = "show the state of a connection",
	[NEED_COUNTERS] = "show counters",
	[NEED_SIGNALS] = "tell which signals came",
};
static_assert(sizeof(words) / sizeof(words[0]) == NEEDS, "a need has no words");

static bool is_there(enum need need, const struct host *host)
{
	const struct look_ops *look = host->look;

	switch (need) {
	case NEED_LINK:
		return host->wire->link;
	case NEED_BLOCKING:
		return host->calls->begin;
	case NEED_TWINS:
		return host->calls->fork;
	case NEED_PROGRAMS:
		return host->calls->spawn;
	case NEED_KILL:
		return host->calls->kill;
	case NEED_ENDS:
		return host->calls->ended;
	case NEED_COMMANDS:
		return host->calls->command;
	case NEED_STATES:
		return look && look->observe;
	case NEED_COUNTERS:
		return look && look->counter;
	case NEED_SIGNALS:
		return look && look->signals;
	case NEED_NOTHING:
	case NEEDS:
		break;
	}
	return true;
}

static enum need need_of_process(const struct process_want *process)
{
	switch (process->action) {
	case PROCESS_FORK:
	case PROCESS_EXIT:
	case PROCESS_EXEC:
		return NEED_TWINS;
	case PROCESS_RUN:
		return NEED_PROGRAMS;
	case PROCESS_KILL:
		return NEED_KILL;
	case PROCESS_WAIT:
		return NEED_ENDS;
	case PROCESS_ACTIONS:
		break;
	}
	return NEED_NOTHING;
}

static enum need need_of_observe(const struct observe_want *observe)
{
	switch (observe->kind) {
	case OBSERVE_STATE:
		return NEED_STATES;
	case OBSERVE_COUNTER:
		return NEED_COUNTERS;
	case OBSERVE_SIGNAL:
		return NEED_SIGNALS;
	case OBSERVE_SILENCE:
		break;
	}
	return NEED_NOTHING;
}

static enum need need_of(const struct step *step)
{
	switch (step->kind) {
	case STEP_CALL:
		return step->call->process    ? NEED_TWINS
		       : step->call->blocking ? NEED_BLOCKING
		                              : NEED_NOTHING;
	case STEP_COMMAND:
	case STEP_CODE:
		return NEED_COMMANDS;
	case STEP_OBSERVE:
		return need_of_observe(step->observe);
	case STEP_PROCESS:
		return need_of_process(step->process);
	case STEP_LINK:
		return NEED_LINK;
	case STEP_INJECT:
	case STEP_EXPECT:
	case STEP_KINDS:
		break;
	}
	return NEED_NOTHING;
}

static bool meets(const struct host *host, enum need need, char *error)
{
	if (is_there(need, host) || (need == NEED_STATES && left_out_states(host)))
		return true;
	fault_say(FAULT_MISSING, error, "%s cannot %s", host->name, words[need]);
	return false;
}

static bool has_call(const struct host *host, const struct step *step, char *error)
{
	const char *name = step->kind == STEP_CALL ? step->call->row->name : NULL;

	if (!name || !host->calls->offers || host->calls->offers(host, name))
		return true;
	fault_say(FAULT_MISSING, error, "%s has no %s()", host->name, name);
	return false;
}

bool needs_are_met(const struct program *program, const struct host *host, struct range *where,
                   char error[FAULT_TEXT])
{
	const char *scripts = program->settings.init_scripts;

	if (!left_out_stack_is(program, host, where, error))
		return false;
	if (program->settings.real_peer && !host->far) {
		fault_say(FAULT_MISSING, error,
		          "%s cannot be at one end of a link with another TCP", host->name);
		return false;
	}
	for (size_t i = 0; i < program->count; i++) {
		*where = program->steps[i].where;
		if (!has_call(host, &program->steps[i], error))
			return false;
		if (!meets(host, need_of(&program->steps[i]), error))
			return false;
	}
	*where = program->init_where;
	if (program->init_command && !meets(host, NEED_COMMANDS, error))
		return false;
	*where = program->cleanup_where;
	if (program->cleanup_command && !meets(host, NEED_COMMANDS, error))
		return false;
	*where = (struct range){ 0, 0 };
	return !scripts || !*scripts || meets(host, NEED_COMMANDS, error);
}
