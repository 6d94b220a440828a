#include "program/vocabulary.h"

#include <netinet/in.h>
#include <string.h>

#include "base/text.h"
#include "program/compile_ip.h"
#include "program/compile_link.h"
#include "program/compile_observe.h"
#include "program/compile_process.h"
#include "program/compile_tcp.h"
#include "program/symbols.h"
#include "program/syscalls.h"
#include "script/reserved.h"
#include "wire/icmp.h"
#include "wire/tcp_options.h"
#include "wire/tcp_state.h"

/* Words that are in no table. */
static const char *const others[] = {
	"val", "ecr", "mtu", "maybe", "link", "timer", "retransmits", "rqueue", "wqueue",
};

static bool is_other(const char *word)
{
	for (size_t k = 0; packet_field_at(k); k++)
		if (!strcmp(packet_field_at(k), word))
			return true;
	return TEXT_IS_IN(word, others);
}

static bool is_tcp_option(const char *word)
{
	const char *name = NULL;

	for (size_t i = 0; (name = tcp_option_name(i)) && strcmp(name, word); i++)
		;
	return name != NULL;
}

static bool is_icmp_word(const char *word)
{
	uint8_t type;

	return icmp_type_parse(IPPROTO_ICMP, word, &type) ||
	       icmp_type_parse(IPPROTO_ICMPV6, word, &type);
}

/* The names of the manual. Other spellings, such as "on" of ss(8), are not reserved. */
static bool is_timer(const char *word)
{
	enum tcp_timer timer;

	return tcp_timer_parse(word, &timer) && !strcmp(tcp_timer_name(timer), word);
}

/*
 * Has the word a meaning in events: a call, an observation, a field, an option, a constant, flags?
 * Words within headers around a packet (key, label) and fields of structures (length) are not
 * looked at: few scripts have them, and they make good names.
 */
static bool is_taken(const char *word)
{
	enum observe_kind observe;
	enum process_action action;
	enum tcp_state state;
	int64_t number;

	return syscall_find(word) || observe_find(word, &observe) || process_find(word, &action) ||
	       symbol_find(word, &number) || tcp_state_parse(word, &state) || is_timer(word) ||
	       packet_flags_are(word) || ip_word_is(word) || is_tcp_option(word) ||
	       is_icmp_word(word) || reserved_find(word) || is_other(word);
}

bool vocabulary_check_columns(const struct case_table *table, struct diag *diag)
{
	bool good = true;

	for (size_t i = 0; i < table->column_count; i++) {
		const struct case_column *column = &table->columns[i];

		if (!is_taken(column->name))
			continue;
		diag_error(diag, column->where,
		           "a column cannot be called '%s', which is a word of the "
		           "language",
		           column->name);
		diag_hint(diag,
		          "the cell's value would replace this word everywhere; call the column "
		          "the_%s, "
		          "say",
		          column->name);
		good = false;
	}
	return good;
}

const char *vocabulary_event_at(size_t index)
{
	size_t i;

	for (i = 0; syscall_at(i); i++)
		if (i == index)
			return syscall_at(i)->name;
	for (index -= i, i = 0; observe_at(i); i++)
		if (i == index)
			return observe_at(i);
	for (index -= i, i = 0; process_at(i); i++)
		if (i == index)
			return process_at(i);
	return index == i ? link_word : NULL;
}
