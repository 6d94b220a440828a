/* Walks: the same number is the same walk, walks are not alike; findings are sorted by cause. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "explore/chance.h"
#include "explore/findings.h"
#include "explore/writing.h"
#include "model/transition_list.h"

static struct walk_written write_walk(struct arena *arena, uint64_t number, bool patient)
{
	static const uint16_t nothing[TRANSITIONS];
	struct walk_wanted wanted = {
		.seed = 7,
		.number = number,
		.patient = patient,
		.mode = MODEL_LINUX,
		.counts = nothing,
	};

	return walk_write(&wanted, arena);
}

static void test_same(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(write_walk(arena, 3, true).text, write_walk(arena, 3, true).text);
	assert_string_not_equal(write_walk(arena, 3, true).text, write_walk(arena, 4, true).text);
	assert_string_not_equal(write_walk(arena, 3, true).text, write_walk(arena, 3, false).text);
	arena_free(arena);
}

/* All together they take most of what the model has. */
static void test_believed(void **state)
{
	struct arena *arena = arena_new();
	struct transitions believed = { 0 };
	size_t all, taken;

	(void)state;
	for (uint64_t i = 0; i < 500; i++) {
		struct walk_written written = write_walk(arena, i, true);

		for (size_t j = 0; j < sizeof(believed.bits); j++)
			believed.bits[j] |= written.believed.bits[j];
	}
	transition_count(&believed, MODEL_LINUX, &all, &taken);
	assert_true(2 * taken > all);
	arena_free(arena);
}

static void test_causes(void **state)
{
	static struct walked passed = { .kind = VERDICT_PASS }, failed = { .kind = VERDICT_FAIL },
			     other = { .kind = VERDICT_FAIL, .reason = "late by 17 ms" };
	static const struct contest alone = { .subjects = 1 };
	struct findings *findings;
	struct arena *arena = arena_new();

	(void)state;
	findings = arena_alloc(arena, sizeof(*findings));
	findings->arena = arena;
	strcpy(failed.model.rule, "text");
	failed.model.state = STATE_CLOSING;
	findings_add(findings, &passed, &alone, 0, "a");
	findings_add(findings, &failed, &alone, 1, "a walk");
	findings_add(findings, &failed, &alone, 2, "short");
	findings_add(findings, &failed, &alone, 3, "a long one");
	findings_add(findings, &other, &alone, 4, "b");
	strcpy(other.reason, "late by 5 ms");
	findings_add(findings, &other, &alone, 5, "b");
	assert_int_equal(findings->count, 2);
	assert_string_equal(findings->list[0].cause.text, "text in CLOSING");
	assert_int_equal(findings->list[0].count, 3);
	assert_int_equal(findings->list[0].number, 2);
	assert_int_equal(findings->list[1].count, 2);
	arena_free(arena);
}

static void test_two(void **state)
{
	static struct walked walked[2] = { { .kind = VERDICT_PASS }, { .kind = VERDICT_PASS } };
	static struct trace trace;
	static const struct contest kernels = { .subjects = 2 };
	struct cause cause;

	(void)state;
	trace_add(&trace)->kind = EVENT_CALL;
	digest_of(&trace, &walked[0].digest);
	digest_of(&trace, &walked[1].digest);
	assert_false(finding_cause(walked, &kernels, &cause));
	trace_add(&trace)->kind = EVENT_SENT;
	trace_at(&trace, 1)->segment.tcp.flags = TCP_FIN | TCP_ACK;
	digest_of(&trace, &walked[1].digest);
	assert_true(finding_cause(walked, &kernels, &cause));
	assert_string_equal(cause.text, "they differ: nothing, and F.");
}

/* Where one is no Linux, the model decides what may be. */
static void test_stack(void **state)
{
	static const struct contest contest = { .subjects = 2, .stack = true };
	static struct walked walked[2] = { { .kind = VERDICT_PASS, .model.asked = true },
		                           { .kind = VERDICT_PASS, .model.asked = true } };
	struct cause cause;

	(void)state;
	assert_false(finding_cause(walked, &contest, &cause));
	walked[1].digest.count = 1;
	assert_true(finding_cause(walked, &contest, &cause));
	assert_true(cause.allowed);
	walked[1].model.in_part = 1; /* then nobody knows whether it may be */
	assert_false(finding_cause(walked, &contest, &cause));
	walked[1].kind = VERDICT_FAIL;
	strcpy(walked[1].model.rule, "text");
	walked[1].model.state = STATE_CLOSING;
	assert_true(finding_cause(walked, &contest, &cause));
	assert_false(cause.allowed);
	assert_int_equal(cause.subject, 1);
	assert_string_equal(cause.text, "only B: text in CLOSING");
	walked[0] = walked[1]; /* what both do wrong is no difference */
	walked[0].digest.count = 0;
	assert_false(finding_cause(walked, &contest, &cause));
	walked[0].kind = VERDICT_INVALID;
	assert_false(finding_cause(walked, &contest, &cause));
}

static void test_chance(void **state)
{
	struct chance chance = chance_of(1, 1);
	static const unsigned weights[] = { 1, 0, 3 };
	unsigned counts[3] = { 0 };

	(void)state;
	for (int i = 0; i < 4000; i++)
		counts[chance_weighted(&chance, weights, 3)]++;
	assert_int_equal(counts[1], 0);
	assert_in_range(counts[0], 800, 1200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),   cmocka_unit_test(test_believed),
		cmocka_unit_test(test_causes), cmocka_unit_test(test_two),
		cmocka_unit_test(test_stack),  cmocka_unit_test(test_chance),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
