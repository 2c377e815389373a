/** What each measure is, whose it is and how not to read it: the words that every view shows beside it. */
import { t } from '../words.ts';

export interface Measure {
  readonly name: string;
  /** One or two sentences. */
  readonly definition: string;
  /** Who described it, with the year; undefined where it is plain arithmetic. */
  readonly source: string | undefined;
  /** What it does not say. */
  readonly caveat: string;
}

/** In the language of the user. */
export function measures() {
  return {
    weights: {
      name: t('Attention weights'),
      definition: t('softmax(q · k / √d) of one head: how a query divides its attention among the keys. Each row sums to 1.'),
      source: 'Vaswani et al. 2017',
      caveat: t(
        'Attention says where the model looked, not by itself why it wrote what it wrote (Jain & Wallace 2019; Wiegreffe & Pinter 2019).',
      ),
    },
    headMean: {
      name: t('Mean of heads'),
      definition: t('The mean of the weights of a layer’s heads. Each row sums to 1.'),
      source: undefined,
      caveat: t('Heads do different things; their mean blurs them.'),
    },
    headMax: {
      name: t('Maximum of heads'),
      definition: t('The greatest weight that any head of the layer gives. Rows sum to 1 or more.'),
      source: undefined,
      caveat: t('One head is enough to make a cell strong, however little that head does.'),
    },
    layerMean: {
      name: t('Mean of layers'),
      definition: t('The mean of the weights of all heads of all layers. Each row sums to 1.'),
      source: undefined,
      caveat: t(
        'A poor default: layers look at different things, and words align far worse by it than by the best head (Kobayashi et al. 2020).',
      ),
    },
    layerMax: {
      name: t('Maximum of layers'),
      definition: t('The greatest weight that any head of any layer gives. Rows sum to 1 or more.'),
      source: undefined,
      caveat: t('One head is enough to make a cell strong, however little that head does.'),
    },
    rollout: {
      name: t('Attention rollout'),
      definition: t(
        'The product over the layers of (A + I) / 2, where A is the mean of a layer’s heads and I the residual connection: how much of each ' +
          'input token has reached a position, if attention alone moved it. Cross-attention goes on from the encoder’s rollout; the rest of a ' +
          'decoder row, which comes from the target prefix, is shown with the decoder. Each row sums to 1.',
      ),
      source: t('Abnar & Zuidema 2020; carried over to cross-attention here'),
      caveat: t('It takes value vectors for equally long, heads for equally important, and leaves the feed-forward layers out.'),
    },
    norms: {
      name: t('Norm-based weights'),
      definition: t(
        '‖α f(x)‖: how long the vector is that a key adds to a query’s output, with f(x) = (x W_V + b_V) W_O; for a layer the norm of the ' +
          'sum over its heads. Norms, so rows do not sum to 1.',
      ),
      source: 'Kobayashi et al. 2020',
      caveat: t('Heads and keys that cancel one another, the residual connection and the feed-forward layers are not accounted for.'),
    },
    entropy: {
      name: t('Entropy'),
      definition: t('-Σ p ln p of a row, in nats; the mean over the rows of a head. 0 where every query looks at a single key.'),
      source: t('Shannon 1948; of attention heads, Clark et al. 2019'),
      caveat: t('It grows with the number of keys, so compare it within one text only.'),
    },
    normalisedEntropy: {
      name: t('Normalised entropy'),
      definition: t(
        'A row’s entropy divided by ln(keys it may look at), from 0 to 1; the mean over the rows of a head that have a choice.',
      ),
      source: 'Shannon 1948',
      caveat: t('High entropy is not idleness: a head may gather from everywhere on purpose.'),
    },
    confidence: {
      name: t('Confidence'),
      definition: t('The mean over a head’s rows of their greatest weight, that of </s> left out.'),
      source: 'Voita et al. 2019',
      caveat: t(
        'Confident heads tend to matter, but not each one does: 38 of 48 encoder heads could be pruned at a loss of 0.15 BLEU. ' +
          'Knock a head out to see.',
      ),
    },
    defaultAgreement: {
      name: t('Agreement with the default'),
      definition: t(
        'Share of the queries that a head links to the same source token as the cross-attention that aligns best on hand-aligned texts.',
      ),
      source: undefined,
      caveat: t('A head that does something else is not worse for it.'),
    },
    stepAgreement: {
      name: t('Agreement of steps'),
      definition: t(
        'Share of the target tokens that a head links to the same source token at the step that predicts them and at the step that reads them.',
      ),
      source: t('after Chen et al. 2020'),
      caveat: t(
        'Where it is low, the head is about the token just read or about the one being written: look at both before you trust a link.',
      ),
    },
    alignment: {
      name: t('Word alignment'),
      definition: t(
        'Pairs of words of which each is the other’s greatest weight, in the head and at the step that align best on hand-aligned texts.',
      ),
      source: t('Och & Ney 2003 (intersection), Chen et al. 2020 (step)'),
      caveat: t('Words without a clear partner get none. An encoder position is more than its token: each layer mixes in its neighbours.'),
    },
    coverage: {
      name: t('Source coverage'),
      definition: t(
        'The greatest share of its attention that any target token gave a source word, in the head that aligns best. Three or more words in ' +
          'a row that have little are marked: they may have been left out. Punctuation and control tokens do not count.',
      ),
      source: t('after Tu et al. 2016'),
      caveat: t(
        'A hint to look, not a verdict: on hand-aligned sentences it misses about a third of those left out, and marks about one complete ' +
          'sentence in thirty.',
      ),
    },
    sourceShare: {
      name: t('Share of the source'),
      definition: t(
        'What cross-attention adds from the source against what self-attention adds from the target prefix: sums of the norms of each ' +
          'position’s vector, the mean over the decoder’s layers.',
      ),
      source: t('after Kobayashi et al. 2020 and Ferrando et al. 2022'),
      caveat: t(
        'A low share all through a translation may tell a severe hallucination (Dale et al. 2023); for summaries it tells nothing. The ' +
          'residual connection, which carries the last token read, is left out.',
      ),
    },
    words: {
      name: t('Words'),
      definition: t('Tokens merged to words: the sum over a word’s tokens as keys, the mean over its tokens as queries.'),
      source: t('Clark et al. 2019; word boundaries of Unicode Standard Annex #29'),
      caveat: t('The tokens of a word may look at different things; the mean hides that.'),
    },
    mass: {
      name: t('Attention mass'),
      definition: t('Only each row’s greatest weights that together have the given share of the row; the others are left out.'),
      source: t('top-p, Holtzman et al. 2020'),
      caveat: t('What is left out was still read by the model.'),
    },
    similarity: {
      name: t('Token similarity'),
      definition: t('The cosine of the angle between the hidden states of two positions, from -1 to 1.'),
      source: undefined,
      caveat: t(
        'An encoder position is more than its token: each layer mixes in its neighbours. States of Transformers point in like directions, so compare cosines with one another and not with 0 (Ethayarajh 2019).',
      ),
    },
    projection: {
      name: t('Projection'),
      definition: t('The hidden states along the directions in which they differ most (principal components), from their mean.'),
      source: 'Pearson 1901',
      caveat: t('Two components show only the stated share of the variance; what lies near here may be far apart in the others.'),
    },
    headAnswers: {
      name: t('Answers of the heads'),
      definition: t(
        'Two linear layers on the encoder’s last states, trained after the model and with it unchanged: one names the language of the text, from the mean of ' +
          'its states, the other tells prose, code and identifiers apart, token by token. Their answers are probabilities (softmax).',
      ),
      source: t('linear probes, Alain & Bengio 2017'),
      caveat: t(
        'A probe tells what can be read from the states, not what the decoder reads from them. Single names in prose look like other words: there it is weak.',
      ),
    },
    bottleneck: {
      name: t('Bottleneck'),
      definition: t(
        'The mean negative log-probability of the target’s tokens, in nats, when the decoder reads only the k encoder states with most cross-attention, or all states ' +
          'projected on their k leading principal components.',
      ),
      source: t('an information bottleneck, after Tishby et al. 1999; components, Pearson 1901'),
      caveat: t(
        'The decoder was never trained on states that lack something, so the loss is more than what a model with so narrow a latent would have.',
      ),
    },
    reconstructionLoss: {
      name: t('Reconstruction loss'),
      definition: t(
        'The negative log-probability of each source token, in nats, when the decoder writes the source again from the encoder’s states (teacher-forced).',
      ),
      source: t('denoising auto-encoder, Vincent et al. 2008; Lewis et al. 2020'),
      caveat: t('What is rare in the training data is hard to restore too, such as names and numbers: odd is not the same as wrong.'),
    },
    logProbability: {
      name: t('Log-probability'),
      definition: t(
        'ln p of a token given the source and the tokens before it, in nats: 0 where the model was certain; a text’s is the mean of its tokens’.',
      ),
      source: undefined,
      caveat: t('Two texts of their own are not compared by it alone: a short, common text is likelier whatever the source says.'),
    },
    attentionReceived: {
      name: t('Attention received'),
      definition: t(
        'The share of all cross-attention that a source token gets, on average over layers, heads and target tokens. All tokens’ shares sum to 1.',
      ),
      source: undefined,
      caveat: t(
        'Attention says where the model looked, not by itself why it wrote what it wrote (Jain & Wallace 2019; Wiegreffe & Pinter 2019).',
      ),
    },
    silenced: {
      name: t('Loss without the encoder'),
      definition: t(
        'The log-probability of each target token when no head of the cross-attention adds anything, less what it is with all of them, in nats. The decoder ' +
          'then is a language model of the target.',
      ),
      source: undefined,
      caveat: t(
        'The decoder was never trained to do without the source: what it says then is a sign of what it relies on, not of what it knows.',
      ),
    },
  } as const satisfies Readonly<Record<string, Measure>>;
}

export type MeasureId = keyof ReturnType<typeof measures>;
