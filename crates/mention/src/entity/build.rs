use legation_record::{Entity, Evidence, Mention};
use legation_text::Parse;

use super::chain::{Chain, Chains, Placed};

/// Entities by first mention.
pub(super) fn entities(parse: &Parse, chains: Chains) -> Vec<Entity> {
    let mut order: Vec<(usize, usize)> = Vec::new();
    let mut built: Vec<Option<(Chain, Vec<Mention>)>> = Vec::new();
    for (index, mut chain) in chains.all.into_iter().enumerate() {
        let mut mentions: Vec<Mention> =
            chain.mentions.drain(..).map(|placed| mention(parse, placed)).collect();
        mentions.sort_by_key(|mention| (mention.span, mention.head));
        order.extend(mentions.first().map(|first| (first.span.start, index)));
        built.push(Some((chain, mentions)));
    }
    order.sort_unstable();
    let mut ids = vec![String::new(); built.len()];
    order.iter().enumerate().for_each(|(number, (_, index))| ids[*index] = format!("e{}", number + 1));
    let made = order.iter().filter_map(|(_, index)| {
        let (chain, mentions) = built[*index].take()?;
        Some(entity(ids[*index].clone(), chain, mentions, &ids))
    });
    made.collect()
}

fn entity(id: String, chain: Chain, mentions: Vec<Mention>, ids: &[String]) -> Entity {
    let members = chain.members.iter().map(|member| ids[*member].clone()).filter(|id| !id.is_empty());
    Entity {
        id,
        kind: chain.kind,
        name: chain.name,
        link: chain.link,
        country: chain.country,
        sectors: chain.sectors,
        offices: chain.offices,
        mentions,
        candidates: chain.candidates,
        members: members.collect(),
    }
}

fn mention(parse: &Parse, placed: Placed) -> Mention {
    let Placed { found, reason } = placed;
    let sentence = &parse.sentences[found.sentence];
    let span = found.span(sentence);
    let by = reason.split(':').next().unwrap_or("entity/mention").to_owned();
    Mention {
        span,
        head: found.name(sentence).cover(found.core(sentence)),
        kind: found.kind,
        reason,
        evidence: Evidence::new(span, &by),
    }
}
