#include "report/asserts.h"

#include <assert.h>
#include <string.h>
#include <sys/socket.h>

#include "program/syscalls.h"

/* clang-format off */
static const char *const names[] = {
	[ASSERT_REPLY]   = "reply",
	[ASSERT_SILENCE] = "silence",
	[ASSERT_STATE]   = "state",
	[ASSERT_TIMER]   = "timer",
	[ASSERT_QUEUE]   = "queue",
	[ASSERT_COUNTER] = "counter",
	[ASSERT_CALL]    = "call",
	[ASSERT_POLL]    = "poll",
	[ASSERT_ERROR]   = "error",
	[ASSERT_WAKE]    = "wake",
	[ASSERT_SIGNAL]  = "signal",
	[ASSERT_PROGRAM] = "program",
	[ASSERT_EDGE]    = "edge",
};
/* clang-format on */
static_assert(sizeof(names) / sizeof(*names) == ASSERT_KINDS, "a kind has no name");

enum assert_kind assert_find(const char *name, size_t length)
{
	int kind = 0;

	while (kind < ASSERT_KINDS && (strncmp(names[kind], name, length) || names[kind][length]))
		kind++;
	return (enum assert_kind)kind;
}

static unsigned of_observation(const struct observe_want *want)
{
	switch (want->kind) {
	case OBSERVE_SILENCE:
		return 1u << ASSERT_SILENCE;
	case OBSERVE_COUNTER:
		return 1u << ASSERT_COUNTER;
	case OBSERVE_SIGNAL:
		return 1u << ASSERT_SIGNAL;
	case OBSERVE_STATE:
		break;
	}
	return (want->state ? 1u << ASSERT_STATE : 0) |
	       (want->expires.wanted ? 1u << ASSERT_TIMER : 0) |
	       (want->receive_queue.wanted || want->send_queue.wanted ? 1u << ASSERT_QUEUE : 0);
}

static bool asks_for_error(const struct call_want *call)
{
	const struct value *level = call_argument_of(call, ARG_LEVEL);
	const struct value *option = call_argument_of(call, ARG_OPTION);

	return level && option && call_argument_of(call, ARG_OPTION_OUT) &&
	       level->number == SOL_SOCKET && option->number == SO_ERROR;
}

static bool polls(const struct call_want *call)
{
	return call_argument_of(call, ARG_POLL) || call_argument_of(call, ARG_EVENTS_OUT) ||
	       strstr(call->row->name, "select");
}

static unsigned of_call(const struct call_want *call)
{
	unsigned kinds = call->result.kind == VALUE_NUMBER ? 1u << ASSERT_CALL : 0;

	if (polls(call))
		kinds |= 1u << ASSERT_POLL;
	if (asks_for_error(call))
		kinds |= 1u << ASSERT_ERROR;
	if (call->blocking)
		kinds |= 1u << ASSERT_WAKE;
	return kinds;
}

/* Is the step written in the script, or in a cell of its table, and not in an included file? */
static bool is_own(const struct step *step, const struct sources *sources)
{
	const struct source_text *script = sources_file(sources, 0);
	const struct source_text *inner;
	struct range origin = step->where;

	while (sources_origin(sources, origin.begin, &origin, &inner))
		;
	return script && origin.begin >= script->base &&
	       origin.begin <= script->base + script->length;
}

unsigned asserts_of(const struct program *program, const struct sources *sources)
{
	unsigned kinds = 0;

	for (size_t i = 0; i < program->count; i++) {
		const struct step *step = &program->steps[i];

		if (!is_own(step, sources))
			continue;
		if (step->kind == STEP_EXPECT && !step->packet->optional)
			kinds |= 1u << ASSERT_REPLY;
		else if (step->kind == STEP_OBSERVE)
			kinds |= of_observation(step->observe);
		else if (step->kind == STEP_CALL)
			kinds |= of_call(step->call);
		else if (step->kind == STEP_COMMAND ||
		         (step->kind == STEP_PROCESS && step->process->action == PROCESS_WAIT))
			kinds |= 1u << ASSERT_PROGRAM;
	}
	return kinds;
}

unsigned asserts_states(const struct program *program)
{
	unsigned states = 0;

	for (size_t i = 0; i < program->count; i++)
		if (program->steps[i].kind == STEP_OBSERVE)
			states |= 1u << program->steps[i].observe->state;
	return states;
}

void asserts_print(FILE *out, unsigned kinds)
{
	const char *comma = "";

	for (int kind = 0; kind < ASSERT_KINDS; kind++) {
		if (!(kinds & 1u << kind))
			continue;
		fprintf(out, "%s%s", comma, names[kind]);
		comma = ", ";
	}
}
