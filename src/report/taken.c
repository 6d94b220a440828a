#include "report/taken.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/transition_list.h"

/* "arrival", "call", "time" */
static const char *kind_name(enum transition_kind kind)
{
	static const char *const names[TRANSITION_KINDS] = {
		[TRANSITION_ARRIVAL] = "arrival",
		[TRANSITION_CALL] = "call",
		[TRANSITION_TIME] = "time",
	};

	return names[kind];
}

void taken_write(FILE *out, const struct transitions *taken, enum model_mode mode)
{
	struct transition t;

	for (size_t n = 0; transition_next(n, mode, &t); n = t.number + 1)
		if (transition_was_taken(taken, t.number))
			fprintf(out, "%s %s %s\n", kind_name(t.kind), t.rule->name,
			        tcp_state_name(t.state));
}

/* Takes the next word off the line. */
static const char *word(char **line)
{
	char *begin = *line + strspn(*line, " \t\n");

	*line = begin + strcspn(begin, " \t\n");
	if (**line)
		*(*line)++ = '\0';
	return begin;
}

static bool note(char *line, struct transitions *taken)
{
	const char *kind = word(&line), *rule = word(&line), *state = word(&line);
	struct transition t;

	if (!*kind || *kind == '#')
		return true;
	for (size_t n = 0; transition_next(n, MODEL_LINUX, &t); n = t.number + 1)
		if (!strcmp(kind, kind_name(t.kind)) && !strcmp(rule, t.rule->name) &&
		    !strcmp(state, tcp_state_name(t.state))) {
			transition_set(taken, t.number);
			return true;
		}
	return false;
}

const char *taken_read(const char *path, struct arena *arena, struct transitions *taken)
{
	FILE *file = fopen(path, "re");
	const char *why = NULL;
	size_t size = 0, number = 1;
	char *line = NULL;

	if (!file)
		return strerror(errno);
	for (; !why && getline(&line, &size, file) > 0; number++)
		if (!note(line, taken))
			why = arena_printf(arena, "line %zu is no transition of the model", number);
	if (!why && ferror(file))
		why = strerror(errno);
	free(line);
	fclose(file);
	return why;
}
