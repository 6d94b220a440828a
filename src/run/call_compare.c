#include "run/call_compare.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "program/records.h"
#include "run/tell.h"

void call_note(struct running *run, struct range where, const char *what, const char *wanted,
               const char *seen)
{
	struct mismatch *mismatch = mismatch_add(&run->teller.evidence->mismatches, what, where);

	snprintf(mismatch->want, sizeof(mismatch->want), "%s", wanted);
	snprintf(mismatch->seen, sizeof(mismatch->seen), "%s", seen);
}

/*
 * `right`: what the script would have to say there. It is known before the verdict, which may drop
 * it.
 */
static bool differs(struct running *run, const struct live_call *call, struct range where,
                    const char *what, const char *wanted, const char *seen, const char *right)
{
	bool passed;

	edits_add(&run->teller.evidence->edits, EDIT_VALUE, where, "%s", right);
	call_note(run, where, what, wanted, seen);
	passed = run_fail_or_warn(run, run->settings->non_fatal_syscall, call->step->where, where,
	                          "%s gave %s %s, not %s", call->want->row->name, what, seen,
	                          wanted);
	return passed;
}

bool call_is_unwritten(struct running *run, const struct live_call *call, struct range where,
                       const char *what, const char *wanted)
{
	bool passed;

	edits_give_up(&run->teller.evidence->edits, where);
	call_note(run, where, what, wanted, "nothing");
	passed = run_fail_or_warn(run, run->settings->non_fatal_syscall, call->step->where, where,
	                          "%s did not write %s: wanted %s", call->want->row->name, what,
	                          wanted);
	return passed;
}

/* `name`: of the constant that was seen, or NULL. */
static bool check_number(struct running *run, const struct live_call *call, struct range where,
                         const char *what, int64_t wanted, int64_t seen, const char *name)
{
	char want_text[32], seen_text[32];

	snprintf(want_text, sizeof(want_text), "%" PRId64, wanted);
	snprintf(seen_text, sizeof(seen_text), "%" PRId64, seen);
	return wanted == seen ||
	       differs(run, call, where, what, want_text, seen_text, name ? name : seen_text);
}

bool call_check_number(struct running *run, const struct live_call *call, struct range where,
                       const char *what, int64_t wanted, int64_t seen)
{
	return check_number(run, call, where, what, wanted, seen, NULL);
}

static void print_bytes(const char *bytes, size_t length, char *text, size_t size)
{
	size_t used = (size_t)snprintf(text, size, "\"");

	for (size_t i = 0; i < length && used + 6 < size; i++)
		used += (size_t)snprintf(
			text + used, size - used,
			bytes[i] >= ' ' && bytes[i] < 127 && bytes[i] != '"' ? "%c" : "\\x%02x",
			(unsigned char)bytes[i]);
	snprintf(text + used, size - used, "\"");
}

/* All of it in the place of what is written; of more than a line has room for, the beginning. */
static void right_bytes(const struct value *want, const char *seen, size_t length,
                        char text[EDIT_TEXT])
{
	enum { MOST = 64 };
	static const char more[] = "...";
	size_t shown = length > MOST ? MOST : length;
	bool beginning = want->prefix || shown < length;

	if (want->prefix && shown > want->length)
		shown = want->length;
	print_bytes(seen, shown, text, EDIT_TEXT - sizeof(more));
	if (beginning)
		strcat(text, more);
}

bool call_check_bytes(struct running *run, const struct live_call *call, const struct value *want,
                      const char *what, const char *seen, size_t length)
{
	char want_text[64], seen_text[64], right[EDIT_TEXT];

	if (want->kind != VALUE_BYTES ||
	    ((want->prefix ? length >= want->length : length == want->length) &&
	     !memcmp(want->bytes, seen, want->length)))
		return true;
	print_bytes(want->bytes, want->length, want_text, sizeof(want_text));
	if (length > 0 && host_output_is_untouched(seen, 0, length))
		return call_is_unwritten(run, call, want->where, what, want_text);
	print_bytes(seen, length, seen_text, sizeof(seen_text));
	right_bytes(want, seen, length, right);
	return differs(run, call, want->where, what, want_text, seen_text, right);
}

bool call_check_error(struct running *run, const struct live_call *call, const struct value *want,
                      int64_t seen)
{
	const char *wanted = symbol_name(SYMBOL_ERRNO, want->number),
		   *came = seen ? symbol_name(SYMBOL_ERRNO, seen) : "no error";

	if (want->number == seen)
		return true;
	return differs(run, call, want->where, "error", wanted ? wanted : "?", came ? came : "?",
	               came && seen ? came : "0");
}

/* Some fields hold flags. They are printed by name. */
bool call_check_flags(struct running *run, const struct live_call *call, struct range where,
                      const char *what, enum symbol_group group, int64_t wanted, int64_t seen)
{
	char want_text[96], seen_text[96];

	if (wanted == seen)
		return true;
	symbol_flags(group, wanted, want_text, sizeof(want_text));
	symbol_flags(group, seen, seen_text, sizeof(seen_text));
	return differs(run, call, where, what, want_text, seen_text, seen_text);
}

/* Where a constant was written by name: the name of what was seen; NULL when it has none. */
static const char *right_name(const struct value *item, int64_t seen)
{
	const char *right = NULL;
	int64_t number;

	for (int group = SYMBOL_NONE + 1; item->name && group < SYMBOL_GROUPS; group++) {
		const char *name = symbol_name(group, seen);

		if (name && symbol_find_in(group, item->name, &number))
			right = name;
	}
	return right;
}

static bool check_field(struct running *run, const struct live_call *call, const struct value *item,
                        const void *memory)
{
	int64_t seen;

	if (item->field->type == FIELD_BYTES)
		return call_check_bytes(run, call, item, item->field->name,
		                        (const char *)memory + item->field->offset, item->length);
	seen = record_get(item->field, memory);
	return check_number(run, call, item->where, item->field->name, item->number, seen,
	                    seen == item->number ? NULL : right_name(item, seen));
}

bool call_check_record(struct running *run, const struct live_call *call,
                       const struct value *record, const void *memory, size_t length)
{
	for (size_t i = 0; i < record->count; i++) {
		const struct value *item = &record->items[i];

		if ((size_t)item->field->offset + item->field->size > length)
			return run_fail(run, call->step->where, item->where,
			                "this kernel's struct %s has no %s", record->layout->name,
			                item->field->name);
		if (!check_field(run, call, item, memory))
			return false;
	}
	return true;
}

int64_t call_read_integer(const void *memory, size_t size)
{
	int64_t wide;
	int32_t narrow;

	if (size >= sizeof(wide)) {
		memcpy(&wide, memory, sizeof(wide));
		return wide;
	}
	if (size >= sizeof(narrow)) {
		memcpy(&narrow, memory, sizeof(narrow));
		return narrow;
	}
	return size ? *(const unsigned char *)memory : 0;
}
