#include "suite/orders.h"

#include <stdio.h>
#include <string.h>

#include "guest/share.h"
#include "suite/script_read.h"

/* ---- a line: what identifies a test; the path comes last ---- */

struct order {
	unsigned number, case_index, ip_version, repetition, subject;
	unsigned text; /* 0: the script is in the file */
	const char *path;
};

const char *orders_line(struct arena *arena, const struct test *test)
{
	return arena_printf(arena, "%u %zu %u %u %u %u %s", test->number, test->script->case_index,
	                    (unsigned)test->ip_version, test->repetition, test->subject,
	                    test->script->file->text_number, test->script->path);
}

static bool parse(const char *line, struct order *order)
{
	int length = 0;
	bool good = sscanf(line, "%u %u %u %u %u %u %n", &order->number, &order->case_index,
	                   &order->ip_version, &order->repetition, &order->subject, &order->text,
	                   &length) == 6;

	order->path = line + length;
	return good && length;
}

bool orders_write_text(struct arena *arena, const char *folder, const struct test *test)
{
	const struct script_file *file = test->script->file;
	const char *texts[] = { file->text ? file->text->text : "", NULL };

	return !file->text_number ||
	       share_write(arena, folder, arena_printf(arena, SHARE_TEXT, file->text_number),
	                   texts);
}

/* ---- in the guest ---- */

static bool is_of(const struct order *order, const struct script_file *file)
{
	return order->text == file->text_number && !strcmp(order->path, file->path);
}

static struct script_file *read_file(struct orders *orders, const struct order *order)
{
	const char **texts;

	if (!order->text)
		return script_file_read(order->path);
	texts = share_read(orders->arena, SHARE_INSIDE,
	                   arena_printf(orders->arena, SHARE_TEXT, order->text), NULL);
	return script_file_of_text(order->path, texts && texts[0] ? texts[0] : "", order->text);
}

/* The tests of a file follow each other. */
static struct script_file *file_of(struct orders *orders, const struct order *order)
{
	if (orders->file && is_of(order, orders->file))
		return orders->file;
	if (orders->file)
		script_file_let_go(orders->file);
	orders->file = read_file(orders, order);
	return orders->file;
}

void orders_read(struct orders *orders)
{
	static const char *const none[] = { NULL };

	orders->arena = arena_new();
	orders->file = NULL;
	orders->next = share_read(orders->arena, SHARE_INSIDE, SHARE_TESTS, NULL);
	if (!orders->next)
		orders->next = none;
}

bool orders_next(struct orders *orders, struct plan *plan, const struct suite_options *options)
{
	struct test_script *script = NULL;
	struct order order;

	plan->count = 0;
	for (; *orders->next && parse(*orders->next, &order); orders->next++) {
		bool same = script && script->case_index == order.case_index &&
		            is_of(&order, script->file);

		if (plan->count && !same && options->virtual_time)
			break;
		if (!same)
			script = test_script_read(file_of(orders, &order), order.case_index,
			                          options);
		struct test *test =
			test_new(script, (enum ip_version)order.ip_version, order.repetition,
		                 order.subject, options->subject_count > 1);
		test->number = order.number;
		plan_add(plan, test);
	}
	return plan->count > 0;
}
