#include "editor/words.h"

#include "program/compile_tcp.h"
#include "program/symbols.h"
#include "program/vocabulary.h"
#include "script/directives.h"
#include "wire/tcp_options.h"
#include "wire/tcp_state.h"

const char *words_field_at(size_t index)
{
	return packet_field_at(index);
}

static const char *directive_name_at(size_t index)
{
	const struct directive_row *row = directive_at(index);

	return row ? row->name : NULL;
}

static const char *state_at(size_t index)
{
	enum tcp_state state = (enum tcp_state)(index + STATE_ESTABLISHED);

	return state < STATE_NEW_SYN_RECV ? tcp_state_name(state) : NULL;
}

static const char *timer_at(size_t index)
{
	return index < TIMER_COUNT ? tcp_timer_name((enum tcp_timer)index) : NULL;
}

static const struct {
	const char *name;
	const char *(*at)(size_t index);
} kinds[] = {
	/* clang-format off */
	{ "event",     vocabulary_event_at },
	{ "directive", directive_name_at },
	{ "constant",  symbol_at },
	{ "state",     state_at },
	{ "timer",     timer_at },
	{ "option",    tcp_option_name },
	{ "field",     words_field_at },
	/* clang-format on */
};

bool words_print(FILE *out)
{
	const char *word;

	for (size_t kind = 0; kind < sizeof(kinds) / sizeof(kinds[0]); kind++)
		for (size_t i = 0; (word = kinds[kind].at(i)); i++)
			fprintf(out, "%s %s\n", kinds[kind].name, word);
	return fflush(out) == 0 && !ferror(out);
}
