#include "explore/findings.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* "0.215 s after the first" and "0.216 s after the first" are one cause. */
static void without_numbers(const char *text, char *to, size_t size)
{
	size_t length = 0;

	for (; *text && length + 1 < size; text++)
		if (!isdigit((unsigned char)*text))
			to[length++] = *text;
	to[length] = '\0';
}

static bool of_model(const struct walked *walked, char cause[CAUSE_TEXT])
{
	const struct second_opinion *model = &walked->model;

	if (!model->rule[0])
		return false;
	snprintf(cause, CAUSE_TEXT, "%s%s%s%s", model->rule, model->missed ? " missing" : "",
	         model->state ? " in " : "", model->state ? tcp_state_name(model->state) : "");
	return true;
}

static bool has_verdict(const struct walked *walked)
{
	return walked->kind == VERDICT_PASS || walked->kind == VERDICT_FAIL;
}

/* With a second kernel it is the difference that counts: what both do neither has to answer for. */
static bool of_two(const struct walked *walked, char cause[CAUSE_TEXT])
{
	char words[DIGEST_WORDS];

	if (!has_verdict(&walked[0]) || !has_verdict(&walked[1]) ||
	    !digest_difference(&walked[0].digest, &walked[1].digest, words))
		return false;
	snprintf(cause, CAUSE_TEXT, "%s", words);
	return true;
}

bool finding_cause(const struct walked *walked, unsigned kernels, char cause[CAUSE_TEXT])
{
	if (kernels > 1)
		return of_two(walked, cause);
	if (walked->kind != VERDICT_FAIL)
		return false;
	if (!of_model(walked, cause))
		without_numbers(walked->reason, cause, CAUSE_TEXT);
	return true;
}

void findings_add(struct findings *findings, const struct walked *walked, unsigned kernels,
                  uint64_t number, const char *text)
{
	struct finding *finding = NULL;
	char cause[CAUSE_TEXT];

	if (!finding_cause(walked, kernels, cause))
		return;
	for (size_t i = 0; i < findings->count; i++)
		if (!strcmp(findings->list[i].cause, cause))
			finding = &findings->list[i];
	if (!finding && findings->count == FINDINGS_MOST) {
		findings->beyond++;
		return;
	}
	if (!finding) {
		finding = &findings->list[findings->count++];
		memcpy(finding->cause, cause, sizeof(cause));
	}
	finding->count++;
	if (finding->text && strlen(finding->text) <= strlen(text))
		return;
	finding->walked = walked[0];
	finding->number = number;
	finding->text = arena_strdup(findings->arena, text);
}
