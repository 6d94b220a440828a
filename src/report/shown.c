#include "report/shown.h"

#include <string.h>

#include "report/asserts.h"

enum { INDENT = 20 };

static int index_of(const struct covers_state *state)
{
	int i = 0;

	while (covers_state_at((size_t)i) != state)
		i++;
	return i;
}

static int find_state(const char *name, size_t length)
{
	const struct covers_state *state;

	for (int i = 0; (state = covers_state_at((size_t)i)); i++)
		if (!strncmp(state->name, name, length) && !state->name[length])
			return i;
	return -1;
}

const char *shown_ask(struct shown *shown, const char *states, const char *kinds)
{
	for (size_t length; states && *(states += strspn(states, ", ")); states += length) {
		length = strcspn(states, ", ");
		int state = find_state(states, length);

		if (state < 0)
			return states;
		shown->wanted |= 1u << state;
	}
	for (size_t length; kinds && *(kinds += strspn(kinds, ", ")); kinds += length) {
		length = strcspn(kinds, ", ");
		enum assert_kind kind = assert_find(kinds, length);

		if (kind == ASSERT_KINDS)
			return kinds;
		shown->asked |= 1u << kind;
	}
	return NULL;
}

/* An id that is about one state says so in no script. */
static const struct covers_state *only_state(const struct shown *shown)
{
	return __builtin_popcount(shown->wanted) == 1
	               ? covers_state_at((size_t)__builtin_ctz(shown->wanted))
	               : NULL;
}

unsigned shown_add(struct shown *shown, const struct report_test *test,
                   const struct covers_state *state)
{
	unsigned kinds = asserts_of(test->program, test->sources);

	if (!state)
		state = only_state(shown);
	int i = state ? index_of(state) : 0;

	shown->kinds |= kinds;
	if (state && state->state && !(asserts_states(test->program) & 1u << state->state))
		shown->blind |= 1u << i;
	else if (state)
		shown->tests[i]++;
	return kinds;
}

static unsigned seen_states(const struct shown *shown)
{
	unsigned seen = 0;

	for (int i = 0; i < SHOWN_STATES; i++)
		seen |= shown->tests[i] ? 1u << i : 0;
	return seen;
}

static void print_states(FILE *out, const char *label, unsigned states, const unsigned *tests)
{
	const char *comma = "";

	if (!states)
		return;
	fprintf(out, "%*s %s ", INDENT, "", label);
	for (int i = 0; i < SHOWN_STATES; i++) {
		if (!(states & 1u << i))
			continue;
		fprintf(out, "%s%s", comma, covers_state_at((size_t)i)->name);
		if (tests)
			fprintf(out, " %u", tests[i]);
		comma = ", ";
	}
	fputc('\n', out);
}

void shown_print(FILE *out, const struct shown *shown)
{
	unsigned seen = seen_states(shown), missing = shown->asked & ~shown->kinds;

	print_states(out, "in", seen, shown->tests);
	print_states(out, "not in", shown->wanted & ~seen, NULL);
	print_states(out, "named, and not looked at:", shown->blind & ~seen, NULL);
	if (!missing)
		return;
	fprintf(out, "%*s not asserted: ", INDENT, "");
	asserts_print(out, missing);
	fputc('\n', out);
}

void shown_count(const struct shown *shown, struct shown_sum *sum)
{
	unsigned seen = seen_states(shown);

	sum->states += (size_t)__builtin_popcount(shown->wanted & seen);
	sum->of_states += (size_t)__builtin_popcount(shown->wanted);
	sum->kinds += (size_t)__builtin_popcount(shown->asked & shown->kinds);
	sum->of_kinds += (size_t)__builtin_popcount(shown->asked);
}
