// Written by `python -m ontology.compile`; not to be edited.

CREATE CONSTRAINT tierscope_kind_activity IF NOT EXISTS FOR (n:Activity) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_agent IF NOT EXISTS FOR (n:Agent) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_assessment IF NOT EXISTS FOR (n:Assessment) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_asset IF NOT EXISTS FOR (n:Asset) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_breach IF NOT EXISTS FOR (n:Breach) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_certification IF NOT EXISTS FOR (n:Certification) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_clause IF NOT EXISTS FOR (n:Clause) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_clause_type IF NOT EXISTS FOR (n:ClauseType) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_contract IF NOT EXISTS FOR (n:Contract) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_contract_version IF NOT EXISTS FOR (n:ContractVersion) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_control IF NOT EXISTS FOR (n:Control) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_esg_topic IF NOT EXISTS FOR (n:EsgTopic) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_exclusion IF NOT EXISTS FOR (n:Exclusion) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_incident IF NOT EXISTS FOR (n:Incident) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_move IF NOT EXISTS FOR (n:Move) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_negotiation_session IF NOT EXISTS FOR (n:NegotiationSession) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_norm IF NOT EXISTS FOR (n:Norm) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_obligation IF NOT EXISTS FOR (n:Obligation) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_organization IF NOT EXISTS FOR (n:Organization) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_performance_observation IF NOT EXISTS FOR (n:PerformanceObservation) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_permission IF NOT EXISTS FOR (n:Permission) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_person IF NOT EXISTS FOR (n:Person) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_playbook IF NOT EXISTS FOR (n:Playbook) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_policy IF NOT EXISTS FOR (n:Policy) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_policy_decision IF NOT EXISTS FOR (n:PolicyDecision) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_position IF NOT EXISTS FOR (n:Position) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_power IF NOT EXISTS FOR (n:Power) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_product IF NOT EXISTS FOR (n:Product) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_product_category IF NOT EXISTS FOR (n:ProductCategory) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_prohibition IF NOT EXISTS FOR (n:Prohibition) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_proposal IF NOT EXISTS FOR (n:Proposal) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_region IF NOT EXISTS FOR (n:Region) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_risk IF NOT EXISTS FOR (n:Risk) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_risk_category IF NOT EXISTS FOR (n:RiskCategory) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_rule IF NOT EXISTS FOR (n:Rule) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_site IF NOT EXISTS FOR (n:Site) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT tierscope_kind_template IF NOT EXISTS FOR (n:Template) REQUIRE n.id IS UNIQUE;
CREATE INDEX tierscope_relation_about_topic IF NOT EXISTS FOR ()-[r:ABOUT_TOPIC]-() ON (r.claimId);
CREATE INDEX tierscope_relation_acts_on IF NOT EXISTS FOR ()-[r:ACTS_ON]-() ON (r.claimId);
CREATE INDEX tierscope_relation_affects IF NOT EXISTS FOR ()-[r:AFFECTS]-() ON (r.claimId);
CREATE INDEX tierscope_relation_applies_to IF NOT EXISTS FOR ()-[r:APPLIES_TO]-() ON (r.claimId);
CREATE INDEX tierscope_relation_asks_for IF NOT EXISTS FOR ()-[r:ASKS_FOR]-() ON (r.claimId);
CREATE INDEX tierscope_relation_assesses IF NOT EXISTS FOR ()-[r:ASSESSES]-() ON (r.claimId);
CREATE INDEX tierscope_relation_breached IF NOT EXISTS FOR ()-[r:BREACHED]-() ON (r.claimId);
CREATE INDEX tierscope_relation_breach_of IF NOT EXISTS FOR ()-[r:BREACH_OF]-() ON (r.claimId);
CREATE INDEX tierscope_relation_broader IF NOT EXISTS FOR ()-[r:BROADER]-() ON (r.claimId);
CREATE INDEX tierscope_relation_contains IF NOT EXISTS FOR ()-[r:CONTAINS]-() ON (r.claimId);
CREATE INDEX tierscope_relation_covers IF NOT EXISTS FOR ()-[r:COVERS]-() ON (r.claimId);
CREATE INDEX tierscope_relation_decided_on IF NOT EXISTS FOR ()-[r:DECIDED_ON]-() ON (r.claimId);
CREATE INDEX tierscope_relation_expresses IF NOT EXISTS FOR ()-[r:EXPRESSES]-() ON (r.claimId);
CREATE INDEX tierscope_relation_failed_rule IF NOT EXISTS FOR ()-[r:FAILED_RULE]-() ON (r.claimId);
CREATE INDEX tierscope_relation_forbids IF NOT EXISTS FOR ()-[r:FORBIDS]-() ON (r.claimId);
CREATE INDEX tierscope_relation_governed_by IF NOT EXISTS FOR ()-[r:GOVERNED_BY]-() ON (r.claimId);
CREATE INDEX tierscope_relation_has_version IF NOT EXISTS FOR ()-[r:HAS_VERSION]-() ON (r.claimId);
CREATE INDEX tierscope_relation_held_by IF NOT EXISTS FOR ()-[r:HELD_BY]-() ON (r.claimId);
CREATE INDEX tierscope_relation_input_of IF NOT EXISTS FOR ()-[r:INPUT_OF]-() ON (r.claimId);
CREATE INDEX tierscope_relation_in_category IF NOT EXISTS FOR ()-[r:IN_CATEGORY]-() ON (r.claimId);
CREATE INDEX tierscope_relation_in_country IF NOT EXISTS FOR ()-[r:IN_COUNTRY]-() ON (r.claimId);
CREATE INDEX tierscope_relation_linked_to IF NOT EXISTS FOR ()-[r:LINKED_TO]-() ON (r.claimId);
CREATE INDEX tierscope_relation_located_at IF NOT EXISTS FOR ()-[r:LOCATED_AT]-() ON (r.claimId);
CREATE INDEX tierscope_relation_made_by IF NOT EXISTS FOR ()-[r:MADE_BY]-() ON (r.claimId);
CREATE INDEX tierscope_relation_mitigates IF NOT EXISTS FOR ()-[r:MITIGATES]-() ON (r.claimId);
CREATE INDEX tierscope_relation_negotiates IF NOT EXISTS FOR ()-[r:NEGOTIATES]-() ON (r.claimId);
CREATE INDEX tierscope_relation_observed IF NOT EXISTS FOR ()-[r:OBSERVED]-() ON (r.claimId);
CREATE INDEX tierscope_relation_of_type IF NOT EXISTS FOR ()-[r:OF_TYPE]-() ON (r.claimId);
CREATE INDEX tierscope_relation_on_violation_of IF NOT EXISTS FOR ()-[r:ON_VIOLATION_OF]-() ON (r.claimId);
CREATE INDEX tierscope_relation_operates IF NOT EXISTS FOR ()-[r:OPERATES]-() ON (r.claimId);
CREATE INDEX tierscope_relation_owed_by IF NOT EXISTS FOR ()-[r:OWED_BY]-() ON (r.claimId);
CREATE INDEX tierscope_relation_owed_to IF NOT EXISTS FOR ()-[r:OWED_TO]-() ON (r.claimId);
CREATE INDEX tierscope_relation_owns IF NOT EXISTS FOR ()-[r:OWNS]-() ON (r.claimId);
CREATE INDEX tierscope_relation_party_to IF NOT EXISTS FOR ()-[r:PARTY_TO]-() ON (r.claimId);
CREATE INDEX tierscope_relation_part_of IF NOT EXISTS FOR ()-[r:PART_OF]-() ON (r.claimId);
CREATE INDEX tierscope_relation_performed_by IF NOT EXISTS FOR ()-[r:PERFORMED_BY]-() ON (r.claimId);
CREATE INDEX tierscope_relation_preceded_by IF NOT EXISTS FOR ()-[r:PRECEDED_BY]-() ON (r.claimId);
CREATE INDEX tierscope_relation_produces IF NOT EXISTS FOR ()-[r:PRODUCES]-() ON (r.claimId);
CREATE INDEX tierscope_relation_proposed_by IF NOT EXISTS FOR ()-[r:PROPOSED_BY]-() ON (r.claimId);
CREATE INDEX tierscope_relation_requires IF NOT EXISTS FOR ()-[r:REQUIRES]-() ON (r.claimId);
CREATE INDEX tierscope_relation_revision_of IF NOT EXISTS FOR ()-[r:REVISION_OF]-() ON (r.claimId);
CREATE INDEX tierscope_relation_supplies IF NOT EXISTS FOR ()-[r:SUPPLIES]-() ON (r.claimId);
CREATE INDEX tierscope_relation_takes_part_in IF NOT EXISTS FOR ()-[r:TAKES_PART_IN]-() ON (r.claimId);

// Audit: no query may return a row.
// A noun has no kind.
MATCH (n:Noun) WHERE NOT n:Activity AND NOT n:Agent AND NOT n:Assessment AND NOT n:Asset AND NOT n:Breach AND NOT n:Certification AND NOT n:Clause AND NOT n:ClauseType AND NOT n:Contract AND NOT n:ContractVersion AND NOT n:Control AND NOT n:EsgTopic AND NOT n:Exclusion AND NOT n:Incident AND NOT n:Move AND NOT n:NegotiationSession AND NOT n:Norm AND NOT n:Obligation AND NOT n:Organization AND NOT n:PerformanceObservation AND NOT n:Permission AND NOT n:Person AND NOT n:Playbook AND NOT n:Policy AND NOT n:PolicyDecision AND NOT n:Position AND NOT n:Power AND NOT n:Product AND NOT n:ProductCategory AND NOT n:Prohibition AND NOT n:Proposal AND NOT n:Region AND NOT n:Risk AND NOT n:RiskCategory AND NOT n:Rule AND NOT n:Site AND NOT n:Template RETURN n.id AS id, 'noun.kind' AS why;
// A claim is about no noun.
MATCH (c:Claim) WHERE NOT EXISTS { (c)-[:ABOUT]->(:Noun) } RETURN c.id AS id, 'claim.subject' AS why;
// A claim has no evidence.
MATCH (c:Claim) WHERE NOT EXISTS { (c)-[:EVIDENCED_BY]->(:Evidence) } RETURN c.id AS id, 'claim.evidence' AS why;
// A claim has a predicate that is not in the vocabulary.
MATCH (c:Claim) WHERE NOT c.predicate IN ['ABOUT_TOPIC', 'ACTION', 'ACTS_ON', 'ADDRESS', 'AFFECTS', 'AGENT_KIND', 'ANTECEDENT', 'APPLIES_TO', 'APPLIES_WHEN', 'ASKS_FOR', 'ASSESSED_AT', 'ASSESSES', 'BREACHED', 'BREACH_OF', 'BROADER', 'CERTIFICATE_NUMBER', 'CERTIFICATE_STATUS', 'CITATION', 'CLASSIFIED', 'CODE_VERSION', 'CONTAINS', 'CONTENT_HASH', 'CONTRACT_KIND', 'CONTRACT_STATE', 'CONTRACT_TEXT', 'COVERS', 'DEADLINE', 'DECIDED_AT', 'DECIDED_ON', 'DECISION', 'DEFINITION', 'DESCRIPTION', 'DETECTED_AT', 'EFFECTIVE_ON', 'ENDED_AT', 'EXPIRES_ON', 'EXPRESSES', 'FAILED_RULE', 'FORBIDS', 'GOVERNED_BY', 'HAS_VERSION', 'HEADCOUNT', 'HEADING', 'HELD_BY', 'IDENTIFIED_BY', 'INCIDENT_TYPE', 'INDICATOR', 'INPUTS_HASH', 'INPUT_OF', 'IN_CATEGORY', 'IN_COUNTRY', 'ISSUER', 'LATITUDE', 'LIKELIHOOD', 'LINKED_TO', 'LOCATED_AT', 'LONGITUDE', 'MADE_BY', 'MEASURED', 'METHOD', 'METRIC', 'MITIGATES', 'MOVE_KEY', 'MOVE_KIND', 'NAMED', 'NEGOTIATES', 'NORM_STATE', 'NUMBERING', 'OBSERVED', 'OF_TYPE', 'ON_VIOLATION_OF', 'OPERATES', 'OPERATOR', 'OUTCOME', 'OWED_BY', 'OWED_TO', 'OWNS', 'PARAMETERS_HASH', 'PARTY_TO', 'PART_OF', 'PERFORMED_BY', 'PRECEDED_BY', 'PREVIOUS_HASH', 'PRODUCES', 'PROPOSED_BY', 'PROTOCOL', 'RECURRENCE', 'REMARK', 'REQUIREMENT', 'REQUIRES', 'REVENUE', 'REVISION_OF', 'ROUND', 'RULE_LEVEL', 'SANCTIONED', 'SCHEME', 'SCORE', 'SEQUENCE', 'SESSION_STATE', 'SEVERITY', 'SHA256', 'STARTED_AT', 'STATUS', 'SUPPLIES', 'TAKES_PART_IN', 'TERM', 'TEXT', 'THRESHOLD', 'TITLE', 'TRIGGER', 'UNIT', 'VALID_UNTIL', 'VERSION_NO'] RETURN c.id AS id, 'claim.predicate' AS why;
// A claim has no known basis.
MATCH (c:Claim) WHERE NOT c.basis IN ['observed', 'inferred', 'confirmed'] RETURN c.id AS id, 'claim.basis' AS why;
// A claim has no known review.
MATCH (c:Claim) WHERE NOT c.review IN ['proposed', 'accepted', 'rejected'] RETURN c.id AS id, 'claim.review' AS why;
// A confidence is not in [0, 1].
MATCH (c:Claim) WHERE NOT 0 <= c.confidence <= 1 OR c.confidence IS NULL RETURN c.id AS id, 'claim.confidence' AS why;
// A claim ends before it begins.
MATCH (c:Claim) WHERE c.validFrom >= c.validTo RETURN c.id AS id, 'claim.validity' AS why;
// A version was superseded before it was recorded.
MATCH (c:Claim) WHERE c.recordedAt >= c.supersededAt RETURN c.id AS id, 'claim.recording' AS why;
// Evidence comes from no source.
MATCH (e:Evidence) WHERE NOT EXISTS { (e)-[:DERIVED_FROM]->(:Source) } RETURN e.id AS id, 'evidence.source' AS why;
// A Activity has an id of another kind.
MATCH (n:Activity) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'act:' RETURN n.id AS id, 'kind.Activity' AS why;
// A Agent has an id of another kind.
MATCH (n:Agent) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'agt:' RETURN n.id AS id, 'kind.Agent' AS why;
// A Assessment has an id of another kind.
MATCH (n:Assessment) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'asm:' RETURN n.id AS id, 'kind.Assessment' AS why;
// A Asset has an id of another kind.
MATCH (n:Asset) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'ast:' RETURN n.id AS id, 'kind.Asset' AS why;
// A Breach has an id of another kind.
MATCH (n:Breach) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'brc:' RETURN n.id AS id, 'kind.Breach' AS why;
// A Certification has an id of another kind.
MATCH (n:Certification) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'crt:' RETURN n.id AS id, 'kind.Certification' AS why;
// A Clause has an id of another kind.
MATCH (n:Clause) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'cls:' RETURN n.id AS id, 'kind.Clause' AS why;
// A ClauseType has an id of another kind.
MATCH (n:ClauseType) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'clt:' RETURN n.id AS id, 'kind.ClauseType' AS why;
// A Contract has an id of another kind.
MATCH (n:Contract) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'ctr:' RETURN n.id AS id, 'kind.Contract' AS why;
// A ContractVersion has an id of another kind.
MATCH (n:ContractVersion) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'ctv:' RETURN n.id AS id, 'kind.ContractVersion' AS why;
// A Control has an id of another kind.
MATCH (n:Control) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'ctl:' RETURN n.id AS id, 'kind.Control' AS why;
// A EsgTopic has an id of another kind.
MATCH (n:EsgTopic) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'esg:' RETURN n.id AS id, 'kind.EsgTopic' AS why;
// A Exclusion has an id of another kind.
MATCH (n:Exclusion) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'exc:' RETURN n.id AS id, 'kind.Exclusion' AS why;
// A Incident has an id of another kind.
MATCH (n:Incident) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'inc:' RETURN n.id AS id, 'kind.Incident' AS why;
// A Move has an id of another kind.
MATCH (n:Move) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'mov:' RETURN n.id AS id, 'kind.Move' AS why;
// A NegotiationSession has an id of another kind.
MATCH (n:NegotiationSession) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'ses:' RETURN n.id AS id, 'kind.NegotiationSession' AS why;
// A Norm has an id of another kind.
MATCH (n:Norm) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'nrm:' RETURN n.id AS id, 'kind.Norm' AS why;
// A Obligation has an id of another kind.
MATCH (n:Obligation) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'obl:' RETURN n.id AS id, 'kind.Obligation' AS why;
// A Organization has an id of another kind.
MATCH (n:Organization) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'org:' RETURN n.id AS id, 'kind.Organization' AS why;
// A PerformanceObservation has an id of another kind.
MATCH (n:PerformanceObservation) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'obs:' RETURN n.id AS id, 'kind.PerformanceObservation' AS why;
// A Permission has an id of another kind.
MATCH (n:Permission) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'prm:' RETURN n.id AS id, 'kind.Permission' AS why;
// A Person has an id of another kind.
MATCH (n:Person) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'per:' RETURN n.id AS id, 'kind.Person' AS why;
// A Playbook has an id of another kind.
MATCH (n:Playbook) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'plb:' RETURN n.id AS id, 'kind.Playbook' AS why;
// A Policy has an id of another kind.
MATCH (n:Policy) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'pol:' RETURN n.id AS id, 'kind.Policy' AS why;
// A PolicyDecision has an id of another kind.
MATCH (n:PolicyDecision) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'pdc:' RETURN n.id AS id, 'kind.PolicyDecision' AS why;
// A Position has an id of another kind.
MATCH (n:Position) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'pos:' RETURN n.id AS id, 'kind.Position' AS why;
// A Power has an id of another kind.
MATCH (n:Power) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'pow:' RETURN n.id AS id, 'kind.Power' AS why;
// A Product has an id of another kind.
MATCH (n:Product) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'prd:' RETURN n.id AS id, 'kind.Product' AS why;
// A ProductCategory has an id of another kind.
MATCH (n:ProductCategory) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'cat:' RETURN n.id AS id, 'kind.ProductCategory' AS why;
// A Prohibition has an id of another kind.
MATCH (n:Prohibition) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'pro:' RETURN n.id AS id, 'kind.Prohibition' AS why;
// A Proposal has an id of another kind.
MATCH (n:Proposal) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'prp:' RETURN n.id AS id, 'kind.Proposal' AS why;
// A Region has an id of another kind.
MATCH (n:Region) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'reg:' RETURN n.id AS id, 'kind.Region' AS why;
// A Risk has an id of another kind.
MATCH (n:Risk) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'rsk:' RETURN n.id AS id, 'kind.Risk' AS why;
// A RiskCategory has an id of another kind.
MATCH (n:RiskCategory) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'rct:' RETURN n.id AS id, 'kind.RiskCategory' AS why;
// A Rule has an id of another kind.
MATCH (n:Rule) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'rul:' RETURN n.id AS id, 'kind.Rule' AS why;
// A Site has an id of another kind.
MATCH (n:Site) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'sit:' RETURN n.id AS id, 'kind.Site' AS why;
// A Template has an id of another kind.
MATCH (n:Template) WHERE NOT n:Noun OR NOT n.id STARTS WITH 'tpl:' RETURN n.id AS id, 'kind.Template' AS why;
// ABOUT_TOPIC stands between kinds that it does not take.
MATCH (s)-[r:ABOUT_TOPIC]->(o) WHERE NOT (s:Activity OR s:Agent OR s:Assessment OR s:Asset OR s:Breach OR s:Certification OR s:Clause OR s:ClauseType OR s:Contract OR s:ContractVersion OR s:Control OR s:EsgTopic OR s:Exclusion OR s:Incident OR s:Move OR s:NegotiationSession OR s:Norm OR s:Obligation OR s:Organization OR s:PerformanceObservation OR s:Permission OR s:Person OR s:Playbook OR s:Policy OR s:PolicyDecision OR s:Position OR s:Power OR s:Product OR s:ProductCategory OR s:Prohibition OR s:Proposal OR s:Region OR s:Risk OR s:RiskCategory OR s:Rule OR s:Site OR s:Template) OR NOT (o:EsgTopic) RETURN r.claimId AS id, 'ABOUT_TOPIC.ends' AS why;
// A native ABOUT_TOPIC differs from its claim, or has none.
MATCH (s)-[r:ABOUT_TOPIC]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'ABOUT_TOPIC' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'ABOUT_TOPIC.claim' AS why;
// ACTION is about another kind, or is no string.
MATCH (c:Claim {predicate: 'ACTION'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'ACTION.value' AS why;
// ACTS_ON stands between kinds that it does not take.
MATCH (s)-[r:ACTS_ON]->(o) WHERE NOT (s:Power) OR NOT (o:Exclusion OR o:Norm OR o:Obligation OR o:Permission OR o:Power OR o:Prohibition) RETURN r.claimId AS id, 'ACTS_ON.ends' AS why;
// A native ACTS_ON differs from its claim, or has none.
MATCH (s)-[r:ACTS_ON]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'ACTS_ON' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'ACTS_ON.claim' AS why;
// ADDRESS is about another kind, or is no string.
MATCH (c:Claim {predicate: 'ADDRESS'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Asset OR s:Organization OR s:Person OR s:Site) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'ADDRESS.value' AS why;
// AFFECTS stands between kinds that it does not take.
MATCH (s)-[r:AFFECTS]->(o) WHERE NOT (s:Incident OR s:Risk) OR NOT (o:Organization OR o:Product OR o:ProductCategory OR o:Region OR o:Site) RETURN r.claimId AS id, 'AFFECTS.ends' AS why;
// A native AFFECTS differs from its claim, or has none.
MATCH (s)-[r:AFFECTS]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'AFFECTS' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'AFFECTS.claim' AS why;
// AGENT_KIND is about another kind, or is no string.
MATCH (c:Claim {predicate: 'AGENT_KIND'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Agent) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'AGENT_KIND.value' AS why;
// ANTECEDENT is about another kind, or is no string.
MATCH (c:Claim {predicate: 'ANTECEDENT'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'ANTECEDENT.value' AS why;
// APPLIES_TO stands between kinds that it does not take.
MATCH (s)-[r:APPLIES_TO]->(o) WHERE NOT (s:Playbook OR s:Policy OR s:Rule) OR NOT (o:Contract OR o:Organization OR o:ProductCategory OR o:Region OR o:RiskCategory) RETURN r.claimId AS id, 'APPLIES_TO.ends' AS why;
// A native APPLIES_TO differs from its claim, or has none.
MATCH (s)-[r:APPLIES_TO]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'APPLIES_TO' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'APPLIES_TO.claim' AS why;
// APPLIES_WHEN is about another kind, or is no string.
MATCH (c:Claim {predicate: 'APPLIES_WHEN'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Rule) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'APPLIES_WHEN.value' AS why;
// ASKS_FOR stands between kinds that it does not take.
MATCH (s)-[r:ASKS_FOR]->(o) WHERE NOT (s:Position) OR NOT (o:ClauseType) RETURN r.claimId AS id, 'ASKS_FOR.ends' AS why;
// A native ASKS_FOR differs from its claim, or has none.
MATCH (s)-[r:ASKS_FOR]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'ASKS_FOR' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'ASKS_FOR.claim' AS why;
// rank of ASKS_FOR is no integer.
MATCH (s)-[r:ASKS_FOR]->(o) WHERE r.rank IS NOT NULL AND NOT r.rank IS :: INTEGER RETURN r.claimId AS id, 'ASKS_FOR.rank' AS why;
// rung of ASKS_FOR is no string.
MATCH (s)-[r:ASKS_FOR]->(o) WHERE r.rung IS NOT NULL AND NOT r.rung IS :: STRING RETURN r.claimId AS id, 'ASKS_FOR.rung' AS why;
// ASSESSED_AT is about another kind, or is no dateTime.
MATCH (c:Claim {predicate: 'ASSESSED_AT'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Assessment) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'ASSESSED_AT.value' AS why;
// ASSESSES stands between kinds that it does not take.
MATCH (s)-[r:ASSESSES]->(o) WHERE NOT (s:Assessment) OR NOT (o:Activity OR o:Agent OR o:Assessment OR o:Asset OR o:Breach OR o:Certification OR o:Clause OR o:ClauseType OR o:Contract OR o:ContractVersion OR o:Control OR o:EsgTopic OR o:Exclusion OR o:Incident OR o:Move OR o:NegotiationSession OR o:Norm OR o:Obligation OR o:Organization OR o:PerformanceObservation OR o:Permission OR o:Person OR o:Playbook OR o:Policy OR o:PolicyDecision OR o:Position OR o:Power OR o:Product OR o:ProductCategory OR o:Prohibition OR o:Proposal OR o:Region OR o:Risk OR o:RiskCategory OR o:Rule OR o:Site OR o:Template) RETURN r.claimId AS id, 'ASSESSES.ends' AS why;
// A native ASSESSES differs from its claim, or has none.
MATCH (s)-[r:ASSESSES]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'ASSESSES' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'ASSESSES.claim' AS why;
// BREACHED stands between kinds that it does not take.
MATCH (s)-[r:BREACHED]->(o) WHERE NOT (s:Organization) OR NOT (o:Breach OR o:Exclusion OR o:Norm OR o:Obligation OR o:Permission OR o:Power OR o:Prohibition) RETURN r.claimId AS id, 'BREACHED.ends' AS why;
// A native BREACHED differs from its claim, or has none.
MATCH (s)-[r:BREACHED]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'BREACHED' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'BREACHED.claim' AS why;
// BREACH_OF stands between kinds that it does not take.
MATCH (s)-[r:BREACH_OF]->(o) WHERE NOT (s:Breach) OR NOT (o:Exclusion OR o:Norm OR o:Obligation OR o:Permission OR o:Power OR o:Prohibition) RETURN r.claimId AS id, 'BREACH_OF.ends' AS why;
// A native BREACH_OF differs from its claim, or has none.
MATCH (s)-[r:BREACH_OF]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'BREACH_OF' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'BREACH_OF.claim' AS why;
// BROADER stands between kinds that it does not take.
MATCH (s)-[r:BROADER]->(o) WHERE NOT (s:ClauseType OR s:EsgTopic OR s:ProductCategory OR s:Region OR s:RiskCategory) OR NOT (o:ClauseType OR o:EsgTopic OR o:ProductCategory OR o:Region OR o:RiskCategory) RETURN r.claimId AS id, 'BROADER.ends' AS why;
// A native BROADER differs from its claim, or has none.
MATCH (s)-[r:BROADER]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'BROADER' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'BROADER.claim' AS why;
// CERTIFICATE_NUMBER is about another kind, or is no string.
MATCH (c:Claim {predicate: 'CERTIFICATE_NUMBER'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Certification) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'CERTIFICATE_NUMBER.value' AS why;
// CERTIFICATE_STATUS is about another kind, or is no string.
MATCH (c:Claim {predicate: 'CERTIFICATE_STATUS'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Certification) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'CERTIFICATE_STATUS.value' AS why;
// CITATION is about another kind, or is no string.
MATCH (c:Claim {predicate: 'CITATION'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Clause OR s:Policy OR s:Rule) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'CITATION.value' AS why;
// CLASSIFIED is about another kind, or is no string.
MATCH (c:Claim {predicate: 'CLASSIFIED'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Activity OR s:Agent OR s:Assessment OR s:Asset OR s:Breach OR s:Certification OR s:Clause OR s:ClauseType OR s:Contract OR s:ContractVersion OR s:Control OR s:EsgTopic OR s:Exclusion OR s:Incident OR s:Move OR s:NegotiationSession OR s:Norm OR s:Obligation OR s:Organization OR s:PerformanceObservation OR s:Permission OR s:Person OR s:Playbook OR s:Policy OR s:PolicyDecision OR s:Position OR s:Power OR s:Product OR s:ProductCategory OR s:Prohibition OR s:Proposal OR s:Region OR s:Risk OR s:RiskCategory OR s:Rule OR s:Site OR s:Template) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'CLASSIFIED.value' AS why;
// CODE_VERSION is about another kind, or is no string.
MATCH (c:Claim {predicate: 'CODE_VERSION'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Activity) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'CODE_VERSION.value' AS why;
// CONTAINS stands between kinds that it does not take.
MATCH (s)-[r:CONTAINS]->(o) WHERE NOT (s:ContractVersion) OR NOT (o:Clause) RETURN r.claimId AS id, 'CONTAINS.ends' AS why;
// A native CONTAINS differs from its claim, or has none.
MATCH (s)-[r:CONTAINS]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'CONTAINS' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'CONTAINS.claim' AS why;
// ordinal of CONTAINS is no integer.
MATCH (s)-[r:CONTAINS]->(o) WHERE r.ordinal IS NOT NULL AND NOT r.ordinal IS :: INTEGER RETURN r.claimId AS id, 'CONTAINS.ordinal' AS why;
// CONTENT_HASH is about another kind, or is no string.
MATCH (c:Claim {predicate: 'CONTENT_HASH'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Move OR s:Proposal) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'CONTENT_HASH.value' AS why;
// CONTRACT_KIND is about another kind, or is no string.
MATCH (c:Claim {predicate: 'CONTRACT_KIND'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Contract OR s:Template) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'CONTRACT_KIND.value' AS why;
// CONTRACT_STATE is about another kind, or is no string.
MATCH (c:Claim {predicate: 'CONTRACT_STATE'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Contract) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'CONTRACT_STATE.value' AS why;
// CONTRACT_TEXT is about another kind, or is no string.
MATCH (c:Claim {predicate: 'CONTRACT_TEXT'})-[:ABOUT]->(s:Noun) WHERE NOT (s:ContractVersion) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'CONTRACT_TEXT.value' AS why;
// COVERS stands between kinds that it does not take.
MATCH (s)-[r:COVERS]->(o) WHERE NOT (s:Certification) OR NOT (o:Product OR o:ProductCategory OR o:Site) RETURN r.claimId AS id, 'COVERS.ends' AS why;
// A native COVERS differs from its claim, or has none.
MATCH (s)-[r:COVERS]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'COVERS' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'COVERS.claim' AS why;
// DEADLINE is about another kind, or is no string.
MATCH (c:Claim {predicate: 'DEADLINE'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Exclusion OR s:NegotiationSession OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'DEADLINE.value' AS why;
// DECIDED_AT is about another kind, or is no dateTime.
MATCH (c:Claim {predicate: 'DECIDED_AT'})-[:ABOUT]->(s:Noun) WHERE NOT (s:PolicyDecision) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'DECIDED_AT.value' AS why;
// DECIDED_ON stands between kinds that it does not take.
MATCH (s)-[r:DECIDED_ON]->(o) WHERE NOT (s:PolicyDecision) OR NOT (o:Contract OR o:ContractVersion OR o:Proposal) RETURN r.claimId AS id, 'DECIDED_ON.ends' AS why;
// A native DECIDED_ON differs from its claim, or has none.
MATCH (s)-[r:DECIDED_ON]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'DECIDED_ON' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'DECIDED_ON.claim' AS why;
// DECISION is about another kind, or is no string.
MATCH (c:Claim {predicate: 'DECISION'})-[:ABOUT]->(s:Noun) WHERE NOT (s:PolicyDecision) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'DECISION.value' AS why;
// DEFINITION is about another kind, or is no string.
MATCH (c:Claim {predicate: 'DEFINITION'})-[:ABOUT]->(s:Noun) WHERE NOT (s:ClauseType OR s:Control OR s:EsgTopic OR s:ProductCategory OR s:RiskCategory) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'DEFINITION.value' AS why;
// DESCRIPTION is about another kind, or is no string.
MATCH (c:Claim {predicate: 'DESCRIPTION'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Activity OR s:Agent OR s:Assessment OR s:Asset OR s:Breach OR s:Certification OR s:Clause OR s:ClauseType OR s:Contract OR s:ContractVersion OR s:Control OR s:EsgTopic OR s:Exclusion OR s:Incident OR s:Move OR s:NegotiationSession OR s:Norm OR s:Obligation OR s:Organization OR s:PerformanceObservation OR s:Permission OR s:Person OR s:Playbook OR s:Policy OR s:PolicyDecision OR s:Position OR s:Power OR s:Product OR s:ProductCategory OR s:Prohibition OR s:Proposal OR s:Region OR s:Risk OR s:RiskCategory OR s:Rule OR s:Site OR s:Template) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'DESCRIPTION.value' AS why;
// DETECTED_AT is about another kind, or is no dateTime.
MATCH (c:Claim {predicate: 'DETECTED_AT'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Breach) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'DETECTED_AT.value' AS why;
// EFFECTIVE_ON is about another kind, or is no date.
MATCH (c:Claim {predicate: 'EFFECTIVE_ON'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Clause OR s:Contract OR s:ContractVersion OR s:Policy OR s:Rule OR s:Template) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'EFFECTIVE_ON.value' AS why;
// ENDED_AT is about another kind, or is no dateTime.
MATCH (c:Claim {predicate: 'ENDED_AT'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Activity OR s:Incident OR s:NegotiationSession) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'ENDED_AT.value' AS why;
// EXPIRES_ON is about another kind, or is no date.
MATCH (c:Claim {predicate: 'EXPIRES_ON'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Contract OR s:ContractVersion OR s:Policy OR s:Rule) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'EXPIRES_ON.value' AS why;
// EXPRESSES stands between kinds that it does not take.
MATCH (s)-[r:EXPRESSES]->(o) WHERE NOT (s:Clause) OR NOT (o:Exclusion OR o:Norm OR o:Obligation OR o:Permission OR o:Power OR o:Prohibition) RETURN r.claimId AS id, 'EXPRESSES.ends' AS why;
// A native EXPRESSES differs from its claim, or has none.
MATCH (s)-[r:EXPRESSES]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'EXPRESSES' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'EXPRESSES.claim' AS why;
// end of EXPRESSES is no integer.
MATCH (s)-[r:EXPRESSES]->(o) WHERE r.end IS NOT NULL AND NOT r.end IS :: INTEGER RETURN r.claimId AS id, 'EXPRESSES.end' AS why;
// start of EXPRESSES is no integer.
MATCH (s)-[r:EXPRESSES]->(o) WHERE r.start IS NOT NULL AND NOT r.start IS :: INTEGER RETURN r.claimId AS id, 'EXPRESSES.start' AS why;
// FAILED_RULE stands between kinds that it does not take.
MATCH (s)-[r:FAILED_RULE]->(o) WHERE NOT (s:PolicyDecision) OR NOT (o:Rule) RETURN r.claimId AS id, 'FAILED_RULE.ends' AS why;
// A native FAILED_RULE differs from its claim, or has none.
MATCH (s)-[r:FAILED_RULE]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'FAILED_RULE' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'FAILED_RULE.claim' AS why;
// FORBIDS stands between kinds that it does not take.
MATCH (s)-[r:FORBIDS]->(o) WHERE NOT (s:Rule) OR NOT (o:ClauseType) RETURN r.claimId AS id, 'FORBIDS.ends' AS why;
// A native FORBIDS differs from its claim, or has none.
MATCH (s)-[r:FORBIDS]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'FORBIDS' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'FORBIDS.claim' AS why;
// maxHeadcount of FORBIDS is no integer.
MATCH (s)-[r:FORBIDS]->(o) WHERE r.maxHeadcount IS NOT NULL AND NOT r.maxHeadcount IS :: INTEGER RETURN r.claimId AS id, 'FORBIDS.maxHeadcount' AS why;
// GOVERNED_BY stands between kinds that it does not take.
MATCH (s)-[r:GOVERNED_BY]->(o) WHERE NOT (s:Organization OR s:Product) OR NOT (o:Contract) RETURN r.claimId AS id, 'GOVERNED_BY.ends' AS why;
// A native GOVERNED_BY differs from its claim, or has none.
MATCH (s)-[r:GOVERNED_BY]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'GOVERNED_BY' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'GOVERNED_BY.claim' AS why;
// customer of GOVERNED_BY is no string.
MATCH (s)-[r:GOVERNED_BY]->(o) WHERE r.customer IS NOT NULL AND NOT r.customer IS :: STRING RETURN r.claimId AS id, 'GOVERNED_BY.customer' AS why;
// product of GOVERNED_BY is no string.
MATCH (s)-[r:GOVERNED_BY]->(o) WHERE r.product IS NOT NULL AND NOT r.product IS :: STRING RETURN r.claimId AS id, 'GOVERNED_BY.product' AS why;
// HAS_VERSION stands between kinds that it does not take.
MATCH (s)-[r:HAS_VERSION]->(o) WHERE NOT (s:Contract OR s:Template) OR NOT (o:ContractVersion) RETURN r.claimId AS id, 'HAS_VERSION.ends' AS why;
// A native HAS_VERSION differs from its claim, or has none.
MATCH (s)-[r:HAS_VERSION]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'HAS_VERSION' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'HAS_VERSION.claim' AS why;
// HEADCOUNT is about another kind, or is no integer.
MATCH (c:Claim {predicate: 'HEADCOUNT'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Organization OR s:Site) OR c.value IS NULL OR NOT c.value IS :: INTEGER RETURN c.id AS id, 'HEADCOUNT.value' AS why;
// HEADING is about another kind, or is no string.
MATCH (c:Claim {predicate: 'HEADING'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Clause) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'HEADING.value' AS why;
// HELD_BY stands between kinds that it does not take.
MATCH (s)-[r:HELD_BY]->(o) WHERE NOT (s:Certification) OR NOT (o:Organization OR o:Site) RETURN r.claimId AS id, 'HELD_BY.ends' AS why;
// A native HELD_BY differs from its claim, or has none.
MATCH (s)-[r:HELD_BY]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'HELD_BY' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'HELD_BY.claim' AS why;
// IDENTIFIED_BY is about another kind, or is no string.
MATCH (c:Claim {predicate: 'IDENTIFIED_BY'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Activity OR s:Agent OR s:Assessment OR s:Asset OR s:Breach OR s:Certification OR s:Clause OR s:ClauseType OR s:Contract OR s:ContractVersion OR s:Control OR s:EsgTopic OR s:Exclusion OR s:Incident OR s:Move OR s:NegotiationSession OR s:Norm OR s:Obligation OR s:Organization OR s:PerformanceObservation OR s:Permission OR s:Person OR s:Playbook OR s:Policy OR s:PolicyDecision OR s:Position OR s:Power OR s:Product OR s:ProductCategory OR s:Prohibition OR s:Proposal OR s:Region OR s:Risk OR s:RiskCategory OR s:Rule OR s:Site OR s:Template) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'IDENTIFIED_BY.value' AS why;
// INCIDENT_TYPE is about another kind, or is no string.
MATCH (c:Claim {predicate: 'INCIDENT_TYPE'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Incident) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'INCIDENT_TYPE.value' AS why;
// INDICATOR is about another kind, or is no decimal.
MATCH (c:Claim {predicate: 'INDICATOR'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Organization OR s:Region OR s:Site) OR c.value IS NULL OR NOT c.value IS :: INTEGER | FLOAT RETURN c.id AS id, 'INDICATOR.value' AS why;
// INPUTS_HASH is about another kind, or is no string.
MATCH (c:Claim {predicate: 'INPUTS_HASH'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Assessment OR s:PolicyDecision) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'INPUTS_HASH.value' AS why;
// INPUT_OF stands between kinds that it does not take.
MATCH (s)-[r:INPUT_OF]->(o) WHERE NOT (s:Product OR s:ProductCategory) OR NOT (o:Product OR o:ProductCategory) RETURN r.claimId AS id, 'INPUT_OF.ends' AS why;
// A native INPUT_OF differs from its claim, or has none.
MATCH (s)-[r:INPUT_OF]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'INPUT_OF' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'INPUT_OF.claim' AS why;
// criticality of INPUT_OF is no decimal.
MATCH (s)-[r:INPUT_OF]->(o) WHERE r.criticality IS NOT NULL AND NOT r.criticality IS :: INTEGER | FLOAT RETURN r.claimId AS id, 'INPUT_OF.criticality' AS why;
// quantity of INPUT_OF is no decimal.
MATCH (s)-[r:INPUT_OF]->(o) WHERE r.quantity IS NOT NULL AND NOT r.quantity IS :: INTEGER | FLOAT RETURN r.claimId AS id, 'INPUT_OF.quantity' AS why;
// IN_CATEGORY stands between kinds that it does not take.
MATCH (s)-[r:IN_CATEGORY]->(o) WHERE NOT (s:Incident OR s:Product OR s:Risk) OR NOT (o:ProductCategory OR o:RiskCategory) RETURN r.claimId AS id, 'IN_CATEGORY.ends' AS why;
// A native IN_CATEGORY differs from its claim, or has none.
MATCH (s)-[r:IN_CATEGORY]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'IN_CATEGORY' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'IN_CATEGORY.claim' AS why;
// IN_COUNTRY stands between kinds that it does not take.
MATCH (s)-[r:IN_COUNTRY]->(o) WHERE NOT (s:Asset OR s:Organization OR s:Person OR s:Site) OR NOT (o:Region) RETURN r.claimId AS id, 'IN_COUNTRY.ends' AS why;
// A native IN_COUNTRY differs from its claim, or has none.
MATCH (s)-[r:IN_COUNTRY]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'IN_COUNTRY' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'IN_COUNTRY.claim' AS why;
// ISSUER is about another kind, or is no string.
MATCH (c:Claim {predicate: 'ISSUER'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Certification) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'ISSUER.value' AS why;
// LATITUDE is about another kind, or is no decimal.
MATCH (c:Claim {predicate: 'LATITUDE'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Asset OR s:Region OR s:Site) OR c.value IS NULL OR NOT c.value IS :: INTEGER | FLOAT RETURN c.id AS id, 'LATITUDE.value' AS why;
// LIKELIHOOD is about another kind, or is no decimal.
MATCH (c:Claim {predicate: 'LIKELIHOOD'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Risk) OR c.value IS NULL OR NOT c.value IS :: INTEGER | FLOAT RETURN c.id AS id, 'LIKELIHOOD.value' AS why;
// LINKED_TO stands between kinds that it does not take.
MATCH (s)-[r:LINKED_TO]->(o) WHERE NOT (s:Asset OR s:Organization OR s:Person) OR NOT (o:Asset OR o:Organization OR o:Person) RETURN r.claimId AS id, 'LINKED_TO.ends' AS why;
// A native LINKED_TO differs from its claim, or has none.
MATCH (s)-[r:LINKED_TO]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'LINKED_TO' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'LINKED_TO.claim' AS why;
// kind of LINKED_TO is no string.
MATCH (s)-[r:LINKED_TO]->(o) WHERE r.kind IS NOT NULL AND NOT r.kind IS :: STRING RETURN r.claimId AS id, 'LINKED_TO.kind' AS why;
// LOCATED_AT stands between kinds that it does not take.
MATCH (s)-[r:LOCATED_AT]->(o) WHERE NOT (s:Asset OR s:Organization OR s:Person OR s:Site) OR NOT (o:Region OR o:Site) RETURN r.claimId AS id, 'LOCATED_AT.ends' AS why;
// A native LOCATED_AT differs from its claim, or has none.
MATCH (s)-[r:LOCATED_AT]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'LOCATED_AT' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'LOCATED_AT.claim' AS why;
// address of LOCATED_AT is no string.
MATCH (s)-[r:LOCATED_AT]->(o) WHERE r.address IS NOT NULL AND NOT r.address IS :: STRING RETURN r.claimId AS id, 'LOCATED_AT.address' AS why;
// LONGITUDE is about another kind, or is no decimal.
MATCH (c:Claim {predicate: 'LONGITUDE'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Asset OR s:Region OR s:Site) OR c.value IS NULL OR NOT c.value IS :: INTEGER | FLOAT RETURN c.id AS id, 'LONGITUDE.value' AS why;
// MADE_BY stands between kinds that it does not take.
MATCH (s)-[r:MADE_BY]->(o) WHERE NOT (s:Move) OR NOT (o:Agent OR o:Organization OR o:Person) RETURN r.claimId AS id, 'MADE_BY.ends' AS why;
// A native MADE_BY differs from its claim, or has none.
MATCH (s)-[r:MADE_BY]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'MADE_BY' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'MADE_BY.claim' AS why;
// MEASURED is about another kind, or is no decimal.
MATCH (c:Claim {predicate: 'MEASURED'})-[:ABOUT]->(s:Noun) WHERE NOT (s:PerformanceObservation) OR c.value IS NULL OR NOT c.value IS :: INTEGER | FLOAT RETURN c.id AS id, 'MEASURED.value' AS why;
// METHOD is about another kind, or is no string.
MATCH (c:Claim {predicate: 'METHOD'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Assessment) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'METHOD.value' AS why;
// METRIC is about another kind, or is no string.
MATCH (c:Claim {predicate: 'METRIC'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'METRIC.value' AS why;
// MITIGATES stands between kinds that it does not take.
MATCH (s)-[r:MITIGATES]->(o) WHERE NOT (s:Certification OR s:ClauseType OR s:Control) OR NOT (o:RiskCategory) RETURN r.claimId AS id, 'MITIGATES.ends' AS why;
// A native MITIGATES differs from its claim, or has none.
MATCH (s)-[r:MITIGATES]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'MITIGATES' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'MITIGATES.claim' AS why;
// effect of MITIGATES is no decimal.
MATCH (s)-[r:MITIGATES]->(o) WHERE r.effect IS NOT NULL AND NOT r.effect IS :: INTEGER | FLOAT RETURN r.claimId AS id, 'MITIGATES.effect' AS why;
// rule of MITIGATES is no string.
MATCH (s)-[r:MITIGATES]->(o) WHERE r.rule IS NOT NULL AND NOT r.rule IS :: STRING RETURN r.claimId AS id, 'MITIGATES.rule' AS why;
// threshold of MITIGATES is no decimal.
MATCH (s)-[r:MITIGATES]->(o) WHERE r.threshold IS NOT NULL AND NOT r.threshold IS :: INTEGER | FLOAT RETURN r.claimId AS id, 'MITIGATES.threshold' AS why;
// MOVE_KEY is about another kind, or is no string.
MATCH (c:Claim {predicate: 'MOVE_KEY'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Move) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'MOVE_KEY.value' AS why;
// MOVE_KIND is about another kind, or is no string.
MATCH (c:Claim {predicate: 'MOVE_KIND'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Move) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'MOVE_KIND.value' AS why;
// NAMED is about another kind, or is no string.
MATCH (c:Claim {predicate: 'NAMED'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Activity OR s:Agent OR s:Assessment OR s:Asset OR s:Breach OR s:Certification OR s:Clause OR s:ClauseType OR s:Contract OR s:ContractVersion OR s:Control OR s:EsgTopic OR s:Exclusion OR s:Incident OR s:Move OR s:NegotiationSession OR s:Norm OR s:Obligation OR s:Organization OR s:PerformanceObservation OR s:Permission OR s:Person OR s:Playbook OR s:Policy OR s:PolicyDecision OR s:Position OR s:Power OR s:Product OR s:ProductCategory OR s:Prohibition OR s:Proposal OR s:Region OR s:Risk OR s:RiskCategory OR s:Rule OR s:Site OR s:Template) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'NAMED.value' AS why;
// NEGOTIATES stands between kinds that it does not take.
MATCH (s)-[r:NEGOTIATES]->(o) WHERE NOT (s:NegotiationSession) OR NOT (o:Contract OR o:Template) RETURN r.claimId AS id, 'NEGOTIATES.ends' AS why;
// A native NEGOTIATES differs from its claim, or has none.
MATCH (s)-[r:NEGOTIATES]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'NEGOTIATES' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'NEGOTIATES.claim' AS why;
// NORM_STATE is about another kind, or is no string.
MATCH (c:Claim {predicate: 'NORM_STATE'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'NORM_STATE.value' AS why;
// NUMBERING is about another kind, or is no string.
MATCH (c:Claim {predicate: 'NUMBERING'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Clause) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'NUMBERING.value' AS why;
// OBSERVED stands between kinds that it does not take.
MATCH (s)-[r:OBSERVED]->(o) WHERE NOT (s:Organization OR s:Site) OR NOT (o:PerformanceObservation) RETURN r.claimId AS id, 'OBSERVED.ends' AS why;
// A native OBSERVED differs from its claim, or has none.
MATCH (s)-[r:OBSERVED]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'OBSERVED' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'OBSERVED.claim' AS why;
// norm of OBSERVED is no string.
MATCH (s)-[r:OBSERVED]->(o) WHERE r.norm IS NOT NULL AND NOT r.norm IS :: STRING RETURN r.claimId AS id, 'OBSERVED.norm' AS why;
// OF_TYPE stands between kinds that it does not take.
MATCH (s)-[r:OF_TYPE]->(o) WHERE NOT (s:Clause) OR NOT (o:ClauseType) RETURN r.claimId AS id, 'OF_TYPE.ends' AS why;
// A native OF_TYPE differs from its claim, or has none.
MATCH (s)-[r:OF_TYPE]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'OF_TYPE' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'OF_TYPE.claim' AS why;
// method of OF_TYPE is no string.
MATCH (s)-[r:OF_TYPE]->(o) WHERE r.method IS NOT NULL AND NOT r.method IS :: STRING RETURN r.claimId AS id, 'OF_TYPE.method' AS why;
// score of OF_TYPE is no decimal.
MATCH (s)-[r:OF_TYPE]->(o) WHERE r.score IS NOT NULL AND NOT r.score IS :: INTEGER | FLOAT RETURN r.claimId AS id, 'OF_TYPE.score' AS why;
// ON_VIOLATION_OF stands between kinds that it does not take.
MATCH (s)-[r:ON_VIOLATION_OF]->(o) WHERE NOT (s:Power) OR NOT (o:Exclusion OR o:Norm OR o:Obligation OR o:Permission OR o:Power OR o:Prohibition) RETURN r.claimId AS id, 'ON_VIOLATION_OF.ends' AS why;
// A native ON_VIOLATION_OF differs from its claim, or has none.
MATCH (s)-[r:ON_VIOLATION_OF]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'ON_VIOLATION_OF' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'ON_VIOLATION_OF.claim' AS why;
// OPERATES stands between kinds that it does not take.
MATCH (s)-[r:OPERATES]->(o) WHERE NOT (s:Organization) OR NOT (o:Site) RETURN r.claimId AS id, 'OPERATES.ends' AS why;
// A native OPERATES differs from its claim, or has none.
MATCH (s)-[r:OPERATES]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'OPERATES' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'OPERATES.claim' AS why;
// OPERATOR is about another kind, or is no string.
MATCH (c:Claim {predicate: 'OPERATOR'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'OPERATOR.value' AS why;
// OUTCOME is about another kind, or is no string.
MATCH (c:Claim {predicate: 'OUTCOME'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Breach) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'OUTCOME.value' AS why;
// OWED_BY stands between kinds that it does not take.
MATCH (s)-[r:OWED_BY]->(o) WHERE NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition) OR NOT (o:Organization OR o:Person) RETURN r.claimId AS id, 'OWED_BY.ends' AS why;
// A native OWED_BY differs from its claim, or has none.
MATCH (s)-[r:OWED_BY]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'OWED_BY' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'OWED_BY.claim' AS why;
// OWED_TO stands between kinds that it does not take.
MATCH (s)-[r:OWED_TO]->(o) WHERE NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition) OR NOT (o:Organization OR o:Person) RETURN r.claimId AS id, 'OWED_TO.ends' AS why;
// A native OWED_TO differs from its claim, or has none.
MATCH (s)-[r:OWED_TO]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'OWED_TO' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'OWED_TO.claim' AS why;
// OWNS stands between kinds that it does not take.
MATCH (s)-[r:OWNS]->(o) WHERE NOT (s:Organization OR s:Person) OR NOT (o:Asset OR o:Organization) RETURN r.claimId AS id, 'OWNS.ends' AS why;
// A native OWNS differs from its claim, or has none.
MATCH (s)-[r:OWNS]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'OWNS' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'OWNS.claim' AS why;
// control of OWNS is no string.
MATCH (s)-[r:OWNS]->(o) WHERE r.control IS NOT NULL AND NOT r.control IS :: STRING RETURN r.claimId AS id, 'OWNS.control' AS why;
// percentage of OWNS is no decimal.
MATCH (s)-[r:OWNS]->(o) WHERE r.percentage IS NOT NULL AND NOT r.percentage IS :: INTEGER | FLOAT RETURN r.claimId AS id, 'OWNS.percentage' AS why;
// PARAMETERS_HASH is about another kind, or is no string.
MATCH (c:Claim {predicate: 'PARAMETERS_HASH'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Activity) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'PARAMETERS_HASH.value' AS why;
// PARTY_TO stands between kinds that it does not take.
MATCH (s)-[r:PARTY_TO]->(o) WHERE NOT (s:Organization OR s:Person) OR NOT (o:Contract) RETURN r.claimId AS id, 'PARTY_TO.ends' AS why;
// A native PARTY_TO differs from its claim, or has none.
MATCH (s)-[r:PARTY_TO]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'PARTY_TO' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'PARTY_TO.claim' AS why;
// role of PARTY_TO is no string.
MATCH (s)-[r:PARTY_TO]->(o) WHERE r.role IS NOT NULL AND NOT r.role IS :: STRING RETURN r.claimId AS id, 'PARTY_TO.role' AS why;
// PART_OF stands between kinds that it does not take.
MATCH (s)-[r:PART_OF]->(o) WHERE NOT (s:Move OR s:Position OR s:Proposal OR s:Region OR s:Rule OR s:Site) OR NOT (o:NegotiationSession OR o:Playbook OR o:Policy OR o:Region) RETURN r.claimId AS id, 'PART_OF.ends' AS why;
// A native PART_OF differs from its claim, or has none.
MATCH (s)-[r:PART_OF]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'PART_OF' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'PART_OF.claim' AS why;
// PERFORMED_BY stands between kinds that it does not take.
MATCH (s)-[r:PERFORMED_BY]->(o) WHERE NOT (s:Activity) OR NOT (o:Agent) RETURN r.claimId AS id, 'PERFORMED_BY.ends' AS why;
// A native PERFORMED_BY differs from its claim, or has none.
MATCH (s)-[r:PERFORMED_BY]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'PERFORMED_BY' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'PERFORMED_BY.claim' AS why;
// PRECEDED_BY stands between kinds that it does not take.
MATCH (s)-[r:PRECEDED_BY]->(o) WHERE NOT (s:Clause) OR NOT (o:Clause) RETURN r.claimId AS id, 'PRECEDED_BY.ends' AS why;
// A native PRECEDED_BY differs from its claim, or has none.
MATCH (s)-[r:PRECEDED_BY]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'PRECEDED_BY' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'PRECEDED_BY.claim' AS why;
// PREVIOUS_HASH is about another kind, or is no string.
MATCH (c:Claim {predicate: 'PREVIOUS_HASH'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Move) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'PREVIOUS_HASH.value' AS why;
// PRODUCES stands between kinds that it does not take.
MATCH (s)-[r:PRODUCES]->(o) WHERE NOT (s:Organization OR s:Site) OR NOT (o:Product OR o:ProductCategory) RETURN r.claimId AS id, 'PRODUCES.ends' AS why;
// A native PRODUCES differs from its claim, or has none.
MATCH (s)-[r:PRODUCES]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'PRODUCES' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'PRODUCES.claim' AS why;
// capacityShare of PRODUCES is no decimal.
MATCH (s)-[r:PRODUCES]->(o) WHERE r.capacityShare IS NOT NULL AND NOT r.capacityShare IS :: INTEGER | FLOAT RETURN r.claimId AS id, 'PRODUCES.capacityShare' AS why;
// PROPOSED_BY stands between kinds that it does not take.
MATCH (s)-[r:PROPOSED_BY]->(o) WHERE NOT (s:Proposal) OR NOT (o:Agent OR o:Organization OR o:Person) RETURN r.claimId AS id, 'PROPOSED_BY.ends' AS why;
// A native PROPOSED_BY differs from its claim, or has none.
MATCH (s)-[r:PROPOSED_BY]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'PROPOSED_BY' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'PROPOSED_BY.claim' AS why;
// PROTOCOL is about another kind, or is no string.
MATCH (c:Claim {predicate: 'PROTOCOL'})-[:ABOUT]->(s:Noun) WHERE NOT (s:NegotiationSession) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'PROTOCOL.value' AS why;
// RECURRENCE is about another kind, or is no string.
MATCH (c:Claim {predicate: 'RECURRENCE'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'RECURRENCE.value' AS why;
// REMARK is about another kind, or is no string.
MATCH (c:Claim {predicate: 'REMARK'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Activity OR s:Agent OR s:Assessment OR s:Asset OR s:Breach OR s:Certification OR s:Clause OR s:ClauseType OR s:Contract OR s:ContractVersion OR s:Control OR s:EsgTopic OR s:Exclusion OR s:Incident OR s:Move OR s:NegotiationSession OR s:Norm OR s:Obligation OR s:Organization OR s:PerformanceObservation OR s:Permission OR s:Person OR s:Playbook OR s:Policy OR s:PolicyDecision OR s:Position OR s:Power OR s:Product OR s:ProductCategory OR s:Prohibition OR s:Proposal OR s:Region OR s:Risk OR s:RiskCategory OR s:Rule OR s:Site OR s:Template) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'REMARK.value' AS why;
// REQUIREMENT is about another kind, or is no string.
MATCH (c:Claim {predicate: 'REQUIREMENT'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Rule) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'REQUIREMENT.value' AS why;
// REQUIRES stands between kinds that it does not take.
MATCH (s)-[r:REQUIRES]->(o) WHERE NOT (s:Rule) OR NOT (o:ClauseType) RETURN r.claimId AS id, 'REQUIRES.ends' AS why;
// A native REQUIRES differs from its claim, or has none.
MATCH (s)-[r:REQUIRES]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'REQUIRES' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'REQUIRES.claim' AS why;
// contractKind of REQUIRES is no string.
MATCH (s)-[r:REQUIRES]->(o) WHERE r.contractKind IS NOT NULL AND NOT r.contractKind IS :: STRING RETURN r.claimId AS id, 'REQUIRES.contractKind' AS why;
// REVENUE is about another kind, or is no decimal.
MATCH (c:Claim {predicate: 'REVENUE'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Organization) OR c.value IS NULL OR NOT c.value IS :: INTEGER | FLOAT RETURN c.id AS id, 'REVENUE.value' AS why;
// REVISION_OF stands between kinds that it does not take.
MATCH (s)-[r:REVISION_OF]->(o) WHERE NOT (s:ContractVersion) OR NOT (o:ContractVersion) RETURN r.claimId AS id, 'REVISION_OF.ends' AS why;
// A native REVISION_OF differs from its claim, or has none.
MATCH (s)-[r:REVISION_OF]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'REVISION_OF' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'REVISION_OF.claim' AS why;
// ROUND is about another kind, or is no integer.
MATCH (c:Claim {predicate: 'ROUND'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Proposal) OR c.value IS NULL OR NOT c.value IS :: INTEGER RETURN c.id AS id, 'ROUND.value' AS why;
// RULE_LEVEL is about another kind, or is no string.
MATCH (c:Claim {predicate: 'RULE_LEVEL'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Policy OR s:Rule) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'RULE_LEVEL.value' AS why;
// SANCTIONED is about another kind, or is no string.
MATCH (c:Claim {predicate: 'SANCTIONED'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Asset OR s:Organization OR s:Person) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'SANCTIONED.value' AS why;
// SCHEME is about another kind, or is no string.
MATCH (c:Claim {predicate: 'SCHEME'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Certification) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'SCHEME.value' AS why;
// SCORE is about another kind, or is no decimal.
MATCH (c:Claim {predicate: 'SCORE'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Assessment) OR c.value IS NULL OR NOT c.value IS :: INTEGER | FLOAT RETURN c.id AS id, 'SCORE.value' AS why;
// SEQUENCE is about another kind, or is no integer.
MATCH (c:Claim {predicate: 'SEQUENCE'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Move) OR c.value IS NULL OR NOT c.value IS :: INTEGER RETURN c.id AS id, 'SEQUENCE.value' AS why;
// SESSION_STATE is about another kind, or is no string.
MATCH (c:Claim {predicate: 'SESSION_STATE'})-[:ABOUT]->(s:Noun) WHERE NOT (s:NegotiationSession) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'SESSION_STATE.value' AS why;
// SEVERITY is about another kind, or is no decimal.
MATCH (c:Claim {predicate: 'SEVERITY'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Incident OR s:Risk) OR c.value IS NULL OR NOT c.value IS :: INTEGER | FLOAT RETURN c.id AS id, 'SEVERITY.value' AS why;
// SHA256 is about another kind, or is no string.
MATCH (c:Claim {predicate: 'SHA256'})-[:ABOUT]->(s:Noun) WHERE NOT (s:ContractVersion) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'SHA256.value' AS why;
// STARTED_AT is about another kind, or is no dateTime.
MATCH (c:Claim {predicate: 'STARTED_AT'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Activity OR s:Incident OR s:NegotiationSession) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'STARTED_AT.value' AS why;
// STATUS is about another kind, or is no string.
MATCH (c:Claim {predicate: 'STATUS'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Activity OR s:Agent OR s:Assessment OR s:Asset OR s:Breach OR s:Certification OR s:Clause OR s:ClauseType OR s:Contract OR s:ContractVersion OR s:Control OR s:EsgTopic OR s:Exclusion OR s:Incident OR s:Move OR s:NegotiationSession OR s:Norm OR s:Obligation OR s:Organization OR s:PerformanceObservation OR s:Permission OR s:Person OR s:Playbook OR s:Policy OR s:PolicyDecision OR s:Position OR s:Power OR s:Product OR s:ProductCategory OR s:Prohibition OR s:Proposal OR s:Region OR s:Risk OR s:RiskCategory OR s:Rule OR s:Site OR s:Template) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'STATUS.value' AS why;
// SUPPLIES stands between kinds that it does not take.
MATCH (s)-[r:SUPPLIES]->(o) WHERE NOT (s:Organization OR s:Site) OR NOT (o:Organization) RETURN r.claimId AS id, 'SUPPLIES.ends' AS why;
// A native SUPPLIES differs from its claim, or has none.
MATCH (s)-[r:SUPPLIES]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'SUPPLIES' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'SUPPLIES.claim' AS why;
// annualSpend of SUPPLIES is no decimal.
MATCH (s)-[r:SUPPLIES]->(o) WHERE r.annualSpend IS NOT NULL AND NOT r.annualSpend IS :: INTEGER | FLOAT RETURN r.claimId AS id, 'SUPPLIES.annualSpend' AS why;
// currency of SUPPLIES is no string.
MATCH (s)-[r:SUPPLIES]->(o) WHERE r.currency IS NOT NULL AND NOT r.currency IS :: STRING RETURN r.claimId AS id, 'SUPPLIES.currency' AS why;
// declaredFor of SUPPLIES is no string.
MATCH (s)-[r:SUPPLIES]->(o) WHERE r.declaredFor IS NOT NULL AND NOT r.declaredFor IS :: STRING RETURN r.claimId AS id, 'SUPPLIES.declaredFor' AS why;
// declaredTier of SUPPLIES is no integer.
MATCH (s)-[r:SUPPLIES]->(o) WHERE r.declaredTier IS NOT NULL AND NOT r.declaredTier IS :: INTEGER RETURN r.claimId AS id, 'SUPPLIES.declaredTier' AS why;
// dependencyWeight of SUPPLIES is no decimal.
MATCH (s)-[r:SUPPLIES]->(o) WHERE r.dependencyWeight IS NOT NULL AND NOT r.dependencyWeight IS :: INTEGER | FLOAT RETURN r.claimId AS id, 'SUPPLIES.dependencyWeight' AS why;
// essential of SUPPLIES is no boolean.
MATCH (s)-[r:SUPPLIES]->(o) WHERE r.essential IS NOT NULL AND NOT r.essential IS :: BOOLEAN RETURN r.claimId AS id, 'SUPPLIES.essential' AS why;
// leadTimeDays of SUPPLIES is no integer.
MATCH (s)-[r:SUPPLIES]->(o) WHERE r.leadTimeDays IS NOT NULL AND NOT r.leadTimeDays IS :: INTEGER RETURN r.claimId AS id, 'SUPPLIES.leadTimeDays' AS why;
// method of SUPPLIES is no string.
MATCH (s)-[r:SUPPLIES]->(o) WHERE r.method IS NOT NULL AND NOT r.method IS :: STRING RETURN r.claimId AS id, 'SUPPLIES.method' AS why;
// product of SUPPLIES is no string.
MATCH (s)-[r:SUPPLIES]->(o) WHERE r.product IS NOT NULL AND NOT r.product IS :: STRING RETURN r.claimId AS id, 'SUPPLIES.product' AS why;
// productGroup of SUPPLIES is no string.
MATCH (s)-[r:SUPPLIES]->(o) WHERE r.productGroup IS NOT NULL AND NOT r.productGroup IS :: STRING RETURN r.claimId AS id, 'SUPPLIES.productGroup' AS why;
// shareOfSupply of SUPPLIES is no decimal.
MATCH (s)-[r:SUPPLIES]->(o) WHERE r.shareOfSupply IS NOT NULL AND NOT r.shareOfSupply IS :: INTEGER | FLOAT RETURN r.claimId AS id, 'SUPPLIES.shareOfSupply' AS why;
// unit of SUPPLIES is no string.
MATCH (s)-[r:SUPPLIES]->(o) WHERE r.unit IS NOT NULL AND NOT r.unit IS :: STRING RETURN r.claimId AS id, 'SUPPLIES.unit' AS why;
// volume of SUPPLIES is no decimal.
MATCH (s)-[r:SUPPLIES]->(o) WHERE r.volume IS NOT NULL AND NOT r.volume IS :: INTEGER | FLOAT RETURN r.claimId AS id, 'SUPPLIES.volume' AS why;
// TAKES_PART_IN stands between kinds that it does not take.
MATCH (s)-[r:TAKES_PART_IN]->(o) WHERE NOT (s:Agent OR s:Organization OR s:Person) OR NOT (o:NegotiationSession) RETURN r.claimId AS id, 'TAKES_PART_IN.ends' AS why;
// A native TAKES_PART_IN differs from its claim, or has none.
MATCH (s)-[r:TAKES_PART_IN]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'TAKES_PART_IN' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'TAKES_PART_IN.claim' AS why;
// role of TAKES_PART_IN is no string.
MATCH (s)-[r:TAKES_PART_IN]->(o) WHERE r.role IS NOT NULL AND NOT r.role IS :: STRING RETURN r.claimId AS id, 'TAKES_PART_IN.role' AS why;
// TERM is about another kind, or is no string.
MATCH (c:Claim {predicate: 'TERM'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Position OR s:Proposal) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'TERM.value' AS why;
// TEXT is about another kind, or is no string.
MATCH (c:Claim {predicate: 'TEXT'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Clause) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'TEXT.value' AS why;
// THRESHOLD is about another kind, or is no decimal.
MATCH (c:Claim {predicate: 'THRESHOLD'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition) OR c.value IS NULL OR NOT c.value IS :: INTEGER | FLOAT RETURN c.id AS id, 'THRESHOLD.value' AS why;
// TITLE is about another kind, or is no string.
MATCH (c:Claim {predicate: 'TITLE'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Contract OR s:ContractVersion OR s:Person OR s:Policy OR s:Rule OR s:Template) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'TITLE.value' AS why;
// TRIGGER is about another kind, or is no string.
MATCH (c:Claim {predicate: 'TRIGGER'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'TRIGGER.value' AS why;
// UNIT is about another kind, or is no string.
MATCH (c:Claim {predicate: 'UNIT'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'UNIT.value' AS why;
// VALID_UNTIL is about another kind, or is no dateTime.
MATCH (c:Claim {predicate: 'VALID_UNTIL'})-[:ABOUT]->(s:Noun) WHERE NOT (s:Proposal) OR c.value IS NULL OR NOT c.value IS :: STRING RETURN c.id AS id, 'VALID_UNTIL.value' AS why;
// VERSION_NO is about another kind, or is no integer.
MATCH (c:Claim {predicate: 'VERSION_NO'})-[:ABOUT]->(s:Noun) WHERE NOT (s:ContractVersion) OR c.value IS NULL OR NOT c.value IS :: INTEGER RETURN c.id AS id, 'VERSION_NO.value' AS why;
// score of OF_TYPE is out of bounds.
MATCH ()-[r:OF_TYPE]->() WHERE r.score < 0 OR r.score > 1 RETURN r.claimId AS id, 'OF_TYPE.score.bounds' AS why;
// ordinal of CONTAINS is out of bounds.
MATCH ()-[r:CONTAINS]->() WHERE r.ordinal < 0 RETURN r.claimId AS id, 'CONTAINS.ordinal.bounds' AS why;
// end of EXPRESSES is out of bounds.
MATCH ()-[r:EXPRESSES]->() WHERE r.end <= 0 RETURN r.claimId AS id, 'EXPRESSES.end.bounds' AS why;
// start of EXPRESSES is out of bounds.
MATCH ()-[r:EXPRESSES]->() WHERE r.start < 0 RETURN r.claimId AS id, 'EXPRESSES.start.bounds' AS why;
// criticality of INPUT_OF is out of bounds.
MATCH ()-[r:INPUT_OF]->() WHERE r.criticality < 0 OR r.criticality > 1 RETURN r.claimId AS id, 'INPUT_OF.criticality.bounds' AS why;
// quantity of INPUT_OF is out of bounds.
MATCH ()-[r:INPUT_OF]->() WHERE r.quantity <= 0 RETURN r.claimId AS id, 'INPUT_OF.quantity.bounds' AS why;
// effect of MITIGATES is out of bounds.
MATCH ()-[r:MITIGATES]->() WHERE r.effect < 0 OR r.effect > 1 RETURN r.claimId AS id, 'MITIGATES.effect.bounds' AS why;
// threshold of MITIGATES is out of bounds.
MATCH ()-[r:MITIGATES]->() WHERE r.threshold < 0 OR r.threshold > 1 RETURN r.claimId AS id, 'MITIGATES.threshold.bounds' AS why;
// control of OWNS is out of bounds.
MATCH ()-[r:OWNS]->() WHERE NOT r.control IN ['direct', 'indirect', 'joint'] RETURN r.claimId AS id, 'OWNS.control.bounds' AS why;
// percentage of OWNS is out of bounds.
MATCH ()-[r:OWNS]->() WHERE r.percentage < 0 OR r.percentage > 100 RETURN r.claimId AS id, 'OWNS.percentage.bounds' AS why;
// rank of ASKS_FOR is out of bounds.
MATCH ()-[r:ASKS_FOR]->() WHERE r.rank < 1 RETURN r.claimId AS id, 'ASKS_FOR.rank.bounds' AS why;
// rung of ASKS_FOR is out of bounds.
MATCH ()-[r:ASKS_FOR]->() WHERE NOT r.rung IN ['preferred', 'fallback', 'walk-away'] RETURN r.claimId AS id, 'ASKS_FOR.rung.bounds' AS why;
// capacityShare of PRODUCES is out of bounds.
MATCH ()-[r:PRODUCES]->() WHERE r.capacityShare < 0 OR r.capacityShare > 1 RETURN r.claimId AS id, 'PRODUCES.capacityShare.bounds' AS why;
// maxHeadcount of FORBIDS is out of bounds.
MATCH ()-[r:FORBIDS]->() WHERE r.maxHeadcount < 0 RETURN r.claimId AS id, 'FORBIDS.maxHeadcount.bounds' AS why;
// annualSpend of SUPPLIES is out of bounds.
MATCH ()-[r:SUPPLIES]->() WHERE r.annualSpend < 0 RETURN r.claimId AS id, 'SUPPLIES.annualSpend.bounds' AS why;
// declaredTier of SUPPLIES is out of bounds.
MATCH ()-[r:SUPPLIES]->() WHERE r.declaredTier < 1 RETURN r.claimId AS id, 'SUPPLIES.declaredTier.bounds' AS why;
// dependencyWeight of SUPPLIES is out of bounds.
MATCH ()-[r:SUPPLIES]->() WHERE r.dependencyWeight < 0 OR r.dependencyWeight > 1 RETURN r.claimId AS id, 'SUPPLIES.dependencyWeight.bounds' AS why;
// leadTimeDays of SUPPLIES is out of bounds.
MATCH ()-[r:SUPPLIES]->() WHERE r.leadTimeDays < 0 RETURN r.claimId AS id, 'SUPPLIES.leadTimeDays.bounds' AS why;
// shareOfSupply of SUPPLIES is out of bounds.
MATCH ()-[r:SUPPLIES]->() WHERE r.shareOfSupply < 0 OR r.shareOfSupply > 1 RETURN r.claimId AS id, 'SUPPLIES.shareOfSupply.bounds' AS why;
// volume of SUPPLIES is out of bounds.
MATCH ()-[r:SUPPLIES]->() WHERE r.volume < 0 RETURN r.claimId AS id, 'SUPPLIES.volume.bounds' AS why;
