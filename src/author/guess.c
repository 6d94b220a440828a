#include "author/guess.h"

static struct answer *find(struct guess *guess, enum question question, unsigned packet)
{
	for (size_t i = 0; i < guess->count; i++)
		if (guess->other[i].question == question && guess->other[i].packet == packet)
			return &guess->other[i];
	return NULL;
}

unsigned guess_answer(const struct guess *guess, enum question question, unsigned packet)
{
	const struct answer *answer = find((struct guess *)guess, question, packet);

	return answer ? answer->given : 0;
}

bool guess_change(struct guess *guess, const struct answer *answer)
{
	struct answer *known = find(guess, answer->question, answer->packet);

	if (!known && guess->count == GUESS_MAX)
		return false;
	if (!known)
		known = &guess->other[guess->count++];
	*known = *answer;
	return true;
}

bool question_is_general(enum question question)
{
	return question < ASK_RESET;
}
