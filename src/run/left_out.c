#include "run/left_out.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

/* Returns the NAME of a directive "requires stack NAME", and its length; or NULL. */
static const char *stack_of(const struct directive *directive, size_t *length)
{
	static const char stack[] = "stack";
	const char *text = directive->text + strspn(directive->text, " \t");

	if (strcmp(directive->name, "requires") || strncmp(text, stack, sizeof(stack) - 1))
		return NULL;
	text += sizeof(stack) - 1;
	if (*text && !isspace((unsigned char)*text))
		return NULL;
	text += strspn(text, " \t\"");
	*length = strcspn(text, " \t\"");
	return text;
}

static const struct directive *requirement(const struct program *program)
{
	const struct directive *directive = program->directives;
	size_t length;

	while (directive && !stack_of(directive, &length))
		directive = directive->next;
	return directive;
}

bool left_out_applies(const struct program *program, const struct host *host)
{
	return host->foreign && !requirement(program);
}

bool left_out_states(const struct host *host)
{
	return host->foreign && !(host->look && host->look->observe);
}

bool left_out_stack_is(const struct program *program, const struct host *host, struct range *where,
                       char error[FAULT_TEXT])
{
	const struct directive *directive = requirement(program);
	size_t length;
	const char *name = directive ? stack_of(directive, &length) : NULL;

	if (!name || !length || !host->foreign || !strncasecmp(host->name, name, length))
		return true;
	*where = directive->where;
	fault_say(FAULT_MISSING, error, "needs the stack %.*s, but this is %s", (int)length, name,
	          host->name);
	return false;
}

/* The state line asks for more than the state. */
static bool asks_for_more(const struct observe_want *want)
{
	return want->has_timer || want->retransmits.wanted || want->receive_queue.wanted ||
	       want->send_queue.wanted;
}

static void say_number(struct text_buffer *out, size_t number, const char *what)
{
	if (number)
		text_add(out, "%s%zu %s%s", out->length ? ", " : "", number, what,
		         number == 1 ? "" : "s");
}

void left_out_say(const struct program *program, const struct host *host, char *text, size_t size)
{
	struct text_buffer out = text_begin(text, size);
	bool states = left_out_states(host), more = !states && left_out_applies(program, host);
	size_t state_count = 0, more_count = 0;

	if (!host->foreign)
		return;
	for (const struct setting *s = program->sysctls; s; s = s->next)
		text_add(&out, "%s%s", out.length ? ", " : "sysctl ", s->name);
	for (size_t i = 0; i < program->count; i++) {
		const struct step *step = &program->steps[i];

		if (step->kind != STEP_OBSERVE || step->observe->kind != OBSERVE_STATE)
			continue;
		state_count += states;
		more_count += more && asks_for_more(step->observe);
	}
	say_number(&out, state_count, "state line");
	say_number(&out, more_count, "state line's timer and queue");
}
