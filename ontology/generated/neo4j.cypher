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
CREATE INDEX tierscope_relation_sells IF NOT EXISTS FOR ()-[r:SELLS]-() ON (r.claimId);
CREATE INDEX tierscope_relation_stocks IF NOT EXISTS FOR ()-[r:STOCKS]-() ON (r.claimId);
CREATE INDEX tierscope_relation_supplies IF NOT EXISTS FOR ()-[r:SUPPLIES]-() ON (r.claimId);
CREATE INDEX tierscope_relation_takes_part_in IF NOT EXISTS FOR ()-[r:TAKES_PART_IN]-() ON (r.claimId);

// Audit: no query may return a row.
// An entity has no kind.
MATCH (n:Entity) WHERE NOT n:Activity AND NOT n:Agent AND NOT n:Assessment AND NOT n:Asset AND NOT n:Breach AND NOT n:Certification AND NOT n:Clause AND NOT n:ClauseType AND NOT n:Contract AND NOT n:ContractVersion AND NOT n:Control AND NOT n:EsgTopic AND NOT n:Exclusion AND NOT n:Incident AND NOT n:Move AND NOT n:NegotiationSession AND NOT n:Norm AND NOT n:Obligation AND NOT n:Organization AND NOT n:PerformanceObservation AND NOT n:Permission AND NOT n:Person AND NOT n:Playbook AND NOT n:Policy AND NOT n:PolicyDecision AND NOT n:Position AND NOT n:Power AND NOT n:Product AND NOT n:ProductCategory AND NOT n:Prohibition AND NOT n:Proposal AND NOT n:Region AND NOT n:Risk AND NOT n:RiskCategory AND NOT n:Rule AND NOT n:Site AND NOT n:Template RETURN n.id AS id, 'entity.kind' AS why;
// A claim is about no entity.
MATCH (c:Claim) WHERE NOT EXISTS { (c)-[:ABOUT]->(:Entity) } RETURN c.id AS id, 'claim.subject' AS why;
// A claim has no evidence.
MATCH (c:Claim) WHERE NOT EXISTS { (c)-[:EVIDENCED_BY]->(:Evidence) } RETURN c.id AS id, 'claim.evidence' AS why;
// A claim has a predicate that is not in the vocabulary.
MATCH (c:Claim) WHERE NOT c.predicate IN ['ABOUT_TOPIC', 'ACTION', 'ACTS_ON', 'ADDRESS', 'AFFECTS', 'AGENT_KIND', 'ANTECEDENT', 'APPLIES_TO', 'APPLIES_WHEN', 'ASKS_FOR', 'ASSESSED_AT', 'ASSESSES', 'BREACHED', 'BREACH_OF', 'BROADER', 'CAPACITY', 'CERTIFICATE_NUMBER', 'CERTIFICATE_STATUS', 'CITATION', 'CLASSIFIED', 'CODE_VERSION', 'CONTAINS', 'CONTENT_HASH', 'CONTRACT_KIND', 'CONTRACT_STATE', 'CONTRACT_TEXT', 'COVERS', 'DEADLINE', 'DECIDED_AT', 'DECIDED_ON', 'DECISION', 'DEFINITION', 'DESCRIPTION', 'DETECTED_AT', 'EFFECTIVE_ON', 'ENDED_AT', 'EXPIRES_ON', 'EXPRESSES', 'FAILED_RULE', 'FORBIDS', 'GOVERNED_BY', 'HAS_VERSION', 'HEADCOUNT', 'HEADING', 'HELD_BY', 'IDENTIFIED_BY', 'INCIDENT_TYPE', 'INDICATOR', 'INPUTS_HASH', 'INPUT_OF', 'IN_CATEGORY', 'IN_COUNTRY', 'ISSUER', 'LATITUDE', 'LIKELIHOOD', 'LINKED_TO', 'LOCATED_AT', 'LONGITUDE', 'MADE_BY', 'MEASURED', 'METHOD', 'METRIC', 'MITIGATES', 'MOVE_KEY', 'MOVE_KIND', 'NAMED', 'NEGOTIATES', 'NORM_STATE', 'NUMBERING', 'OBSERVED', 'OF_TYPE', 'ON_VIOLATION_OF', 'OPERATES', 'OPERATOR', 'OUTCOME', 'OWED_BY', 'OWED_TO', 'OWNS', 'PARAMETERS_HASH', 'PARTY_TO', 'PART_OF', 'PERFORMED_BY', 'PRECEDED_BY', 'PREVIOUS_HASH', 'PRODUCES', 'PROPOSED_BY', 'PROTOCOL', 'RECOVERY_DAYS', 'RECURRENCE', 'REMARK', 'REQUIREMENT', 'REQUIRES', 'REVENUE', 'REVISION_OF', 'ROUND', 'RULE_LEVEL', 'SANCTIONED', 'SCHEME', 'SCORE', 'SELLS', 'SEQUENCE', 'SESSION_STATE', 'SEVERITY', 'SHA256', 'STARTED_AT', 'STATUS', 'STOCKS', 'SUPPLIES', 'TAKES_PART_IN', 'TERM', 'TEXT', 'THRESHOLD', 'TITLE', 'TRIGGER', 'UNIT', 'VALID_UNTIL', 'VERSION_NO'] RETURN c.id AS id, 'claim.predicate' AS why;
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
MATCH (e:Evidence) WHERE NOT EXISTS { (e)-[:DERIVED_FROM]->(:Document) } RETURN e.id AS id, 'evidence.source' AS why;
// An entity has an id of another kind.
MATCH (n:Entity) WHERE (n:Activity AND NOT n.id STARTS WITH 'act:') OR (n:Agent AND NOT n.id STARTS WITH 'agt:') OR (n:Assessment AND NOT n.id STARTS WITH 'asm:') OR (n:Asset AND NOT n.id STARTS WITH 'ast:') OR (n:Breach AND NOT n.id STARTS WITH 'brc:') OR (n:Certification AND NOT n.id STARTS WITH 'crt:') OR (n:Clause AND NOT n.id STARTS WITH 'cls:') OR (n:ClauseType AND NOT n.id STARTS WITH 'clt:') OR (n:Contract AND NOT n.id STARTS WITH 'ctr:') OR (n:ContractVersion AND NOT n.id STARTS WITH 'ctv:') OR (n:Control AND NOT n.id STARTS WITH 'ctl:') OR (n:EsgTopic AND NOT n.id STARTS WITH 'esg:') OR (n:Exclusion AND NOT n.id STARTS WITH 'exc:') OR (n:Incident AND NOT n.id STARTS WITH 'inc:') OR (n:Move AND NOT n.id STARTS WITH 'mov:') OR (n:NegotiationSession AND NOT n.id STARTS WITH 'ses:') OR (n:Norm AND NOT n.id STARTS WITH 'nrm:') OR (n:Obligation AND NOT n.id STARTS WITH 'obl:') OR (n:Organization AND NOT n.id STARTS WITH 'org:') OR (n:PerformanceObservation AND NOT n.id STARTS WITH 'obs:') OR (n:Permission AND NOT n.id STARTS WITH 'prm:') OR (n:Person AND NOT n.id STARTS WITH 'per:') OR (n:Playbook AND NOT n.id STARTS WITH 'plb:') OR (n:Policy AND NOT n.id STARTS WITH 'pol:') OR (n:PolicyDecision AND NOT n.id STARTS WITH 'pdc:') OR (n:Position AND NOT n.id STARTS WITH 'pos:') OR (n:Power AND NOT n.id STARTS WITH 'pow:') OR (n:Product AND NOT n.id STARTS WITH 'prd:') OR (n:ProductCategory AND NOT n.id STARTS WITH 'cat:') OR (n:Prohibition AND NOT n.id STARTS WITH 'pro:') OR (n:Proposal AND NOT n.id STARTS WITH 'prp:') OR (n:Region AND NOT n.id STARTS WITH 'reg:') OR (n:Risk AND NOT n.id STARTS WITH 'rsk:') OR (n:RiskCategory AND NOT n.id STARTS WITH 'rct:') OR (n:Rule AND NOT n.id STARTS WITH 'rul:') OR (n:Site AND NOT n.id STARTS WITH 'sit:') OR (n:Template AND NOT n.id STARTS WITH 'tpl:') RETURN n.id AS id, 'entity.id' AS why;
// A value is claimed of another kind.
MATCH (c:Claim)-[:ABOUT]->(s:Entity) WHERE (c.predicate = 'ACTION' AND NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition)) OR (c.predicate = 'ADDRESS' AND NOT (s:Asset OR s:Organization OR s:Person OR s:Site)) OR (c.predicate = 'AGENT_KIND' AND NOT (s:Agent)) OR (c.predicate = 'ANTECEDENT' AND NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition)) OR (c.predicate = 'APPLIES_WHEN' AND NOT (s:Rule)) OR (c.predicate = 'ASSESSED_AT' AND NOT (s:Assessment)) OR (c.predicate = 'CAPACITY' AND NOT (s:Organization OR s:Site)) OR (c.predicate = 'CERTIFICATE_NUMBER' AND NOT (s:Certification)) OR (c.predicate = 'CERTIFICATE_STATUS' AND NOT (s:Certification)) OR (c.predicate = 'CITATION' AND NOT (s:Clause OR s:Policy OR s:Rule)) OR (c.predicate = 'CLASSIFIED' AND NOT (s:Activity OR s:Agent OR s:Assessment OR s:Asset OR s:Breach OR s:Certification OR s:Clause OR s:ClauseType OR s:Contract OR s:ContractVersion OR s:Control OR s:EsgTopic OR s:Exclusion OR s:Incident OR s:Move OR s:NegotiationSession OR s:Norm OR s:Obligation OR s:Organization OR s:PerformanceObservation OR s:Permission OR s:Person OR s:Playbook OR s:Policy OR s:PolicyDecision OR s:Position OR s:Power OR s:Product OR s:ProductCategory OR s:Prohibition OR s:Proposal OR s:Region OR s:Risk OR s:RiskCategory OR s:Rule OR s:Site OR s:Template)) OR (c.predicate = 'CODE_VERSION' AND NOT (s:Activity)) OR (c.predicate = 'CONTENT_HASH' AND NOT (s:Move OR s:Proposal)) OR (c.predicate = 'CONTRACT_KIND' AND NOT (s:Contract OR s:Template)) OR (c.predicate = 'CONTRACT_STATE' AND NOT (s:Contract)) OR (c.predicate = 'CONTRACT_TEXT' AND NOT (s:ContractVersion)) OR (c.predicate = 'DEADLINE' AND NOT (s:Exclusion OR s:NegotiationSession OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition)) OR (c.predicate = 'DECIDED_AT' AND NOT (s:PolicyDecision)) OR (c.predicate = 'DECISION' AND NOT (s:PolicyDecision)) OR (c.predicate = 'DEFINITION' AND NOT (s:ClauseType OR s:Control OR s:EsgTopic OR s:ProductCategory OR s:RiskCategory)) OR (c.predicate = 'DESCRIPTION' AND NOT (s:Activity OR s:Agent OR s:Assessment OR s:Asset OR s:Breach OR s:Certification OR s:Clause OR s:ClauseType OR s:Contract OR s:ContractVersion OR s:Control OR s:EsgTopic OR s:Exclusion OR s:Incident OR s:Move OR s:NegotiationSession OR s:Norm OR s:Obligation OR s:Organization OR s:PerformanceObservation OR s:Permission OR s:Person OR s:Playbook OR s:Policy OR s:PolicyDecision OR s:Position OR s:Power OR s:Product OR s:ProductCategory OR s:Prohibition OR s:Proposal OR s:Region OR s:Risk OR s:RiskCategory OR s:Rule OR s:Site OR s:Template)) OR (c.predicate = 'DETECTED_AT' AND NOT (s:Breach)) OR (c.predicate = 'EFFECTIVE_ON' AND NOT (s:Clause OR s:Contract OR s:ContractVersion OR s:Policy OR s:Rule OR s:Template)) OR (c.predicate = 'ENDED_AT' AND NOT (s:Activity OR s:Incident OR s:NegotiationSession)) OR (c.predicate = 'EXPIRES_ON' AND NOT (s:Contract OR s:ContractVersion OR s:Policy OR s:Rule)) OR (c.predicate = 'HEADCOUNT' AND NOT (s:Organization OR s:Site)) OR (c.predicate = 'HEADING' AND NOT (s:Clause)) OR (c.predicate = 'IDENTIFIED_BY' AND NOT (s:Activity OR s:Agent OR s:Assessment OR s:Asset OR s:Breach OR s:Certification OR s:Clause OR s:ClauseType OR s:Contract OR s:ContractVersion OR s:Control OR s:EsgTopic OR s:Exclusion OR s:Incident OR s:Move OR s:NegotiationSession OR s:Norm OR s:Obligation OR s:Organization OR s:PerformanceObservation OR s:Permission OR s:Person OR s:Playbook OR s:Policy OR s:PolicyDecision OR s:Position OR s:Power OR s:Product OR s:ProductCategory OR s:Prohibition OR s:Proposal OR s:Region OR s:Risk OR s:RiskCategory OR s:Rule OR s:Site OR s:Template)) OR (c.predicate = 'INCIDENT_TYPE' AND NOT (s:Incident)) OR (c.predicate = 'INDICATOR' AND NOT (s:Organization OR s:Region OR s:Site)) OR (c.predicate = 'INPUTS_HASH' AND NOT (s:Assessment OR s:PolicyDecision)) OR (c.predicate = 'ISSUER' AND NOT (s:Certification)) OR (c.predicate = 'LATITUDE' AND NOT (s:Asset OR s:Region OR s:Site)) OR (c.predicate = 'LIKELIHOOD' AND NOT (s:Risk)) OR (c.predicate = 'LONGITUDE' AND NOT (s:Asset OR s:Region OR s:Site)) OR (c.predicate = 'MEASURED' AND NOT (s:PerformanceObservation)) OR (c.predicate = 'METHOD' AND NOT (s:Assessment)) OR (c.predicate = 'METRIC' AND NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition)) OR (c.predicate = 'MOVE_KEY' AND NOT (s:Move)) OR (c.predicate = 'MOVE_KIND' AND NOT (s:Move)) OR (c.predicate = 'NAMED' AND NOT (s:Activity OR s:Agent OR s:Assessment OR s:Asset OR s:Breach OR s:Certification OR s:Clause OR s:ClauseType OR s:Contract OR s:ContractVersion OR s:Control OR s:EsgTopic OR s:Exclusion OR s:Incident OR s:Move OR s:NegotiationSession OR s:Norm OR s:Obligation OR s:Organization OR s:PerformanceObservation OR s:Permission OR s:Person OR s:Playbook OR s:Policy OR s:PolicyDecision OR s:Position OR s:Power OR s:Product OR s:ProductCategory OR s:Prohibition OR s:Proposal OR s:Region OR s:Risk OR s:RiskCategory OR s:Rule OR s:Site OR s:Template)) OR (c.predicate = 'NORM_STATE' AND NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition)) OR (c.predicate = 'NUMBERING' AND NOT (s:Clause)) OR (c.predicate = 'OPERATOR' AND NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition)) OR (c.predicate = 'OUTCOME' AND NOT (s:Breach)) OR (c.predicate = 'PARAMETERS_HASH' AND NOT (s:Activity)) OR (c.predicate = 'PREVIOUS_HASH' AND NOT (s:Move)) OR (c.predicate = 'PROTOCOL' AND NOT (s:NegotiationSession)) OR (c.predicate = 'RECOVERY_DAYS' AND NOT (s:Organization OR s:Site)) OR (c.predicate = 'RECURRENCE' AND NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition)) OR (c.predicate = 'REMARK' AND NOT (s:Activity OR s:Agent OR s:Assessment OR s:Asset OR s:Breach OR s:Certification OR s:Clause OR s:ClauseType OR s:Contract OR s:ContractVersion OR s:Control OR s:EsgTopic OR s:Exclusion OR s:Incident OR s:Move OR s:NegotiationSession OR s:Norm OR s:Obligation OR s:Organization OR s:PerformanceObservation OR s:Permission OR s:Person OR s:Playbook OR s:Policy OR s:PolicyDecision OR s:Position OR s:Power OR s:Product OR s:ProductCategory OR s:Prohibition OR s:Proposal OR s:Region OR s:Risk OR s:RiskCategory OR s:Rule OR s:Site OR s:Template)) OR (c.predicate = 'REQUIREMENT' AND NOT (s:Rule)) OR (c.predicate = 'REVENUE' AND NOT (s:Organization)) OR (c.predicate = 'ROUND' AND NOT (s:Proposal)) OR (c.predicate = 'RULE_LEVEL' AND NOT (s:Policy OR s:Rule)) OR (c.predicate = 'SANCTIONED' AND NOT (s:Asset OR s:Organization OR s:Person)) OR (c.predicate = 'SCHEME' AND NOT (s:Certification)) OR (c.predicate = 'SCORE' AND NOT (s:Assessment)) OR (c.predicate = 'SEQUENCE' AND NOT (s:Move)) OR (c.predicate = 'SESSION_STATE' AND NOT (s:NegotiationSession)) OR (c.predicate = 'SEVERITY' AND NOT (s:Incident OR s:Risk)) OR (c.predicate = 'SHA256' AND NOT (s:ContractVersion)) OR (c.predicate = 'STARTED_AT' AND NOT (s:Activity OR s:Incident OR s:NegotiationSession)) OR (c.predicate = 'STATUS' AND NOT (s:Activity OR s:Agent OR s:Assessment OR s:Asset OR s:Breach OR s:Certification OR s:Clause OR s:ClauseType OR s:Contract OR s:ContractVersion OR s:Control OR s:EsgTopic OR s:Exclusion OR s:Incident OR s:Move OR s:NegotiationSession OR s:Norm OR s:Obligation OR s:Organization OR s:PerformanceObservation OR s:Permission OR s:Person OR s:Playbook OR s:Policy OR s:PolicyDecision OR s:Position OR s:Power OR s:Product OR s:ProductCategory OR s:Prohibition OR s:Proposal OR s:Region OR s:Risk OR s:RiskCategory OR s:Rule OR s:Site OR s:Template)) OR (c.predicate = 'TERM' AND NOT (s:Position OR s:Proposal)) OR (c.predicate = 'TEXT' AND NOT (s:Clause)) OR (c.predicate = 'THRESHOLD' AND NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition)) OR (c.predicate = 'TITLE' AND NOT (s:Contract OR s:ContractVersion OR s:Person OR s:Policy OR s:Rule OR s:Template)) OR (c.predicate = 'TRIGGER' AND NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition)) OR (c.predicate = 'UNIT' AND NOT (s:Exclusion OR s:Norm OR s:Obligation OR s:Permission OR s:Power OR s:Prohibition)) OR (c.predicate = 'VALID_UNTIL' AND NOT (s:Proposal)) OR (c.predicate = 'VERSION_NO' AND NOT (s:ContractVersion)) RETURN c.id AS id, 'value.subject' AS why;
// A value is no date.
MATCH (c:Claim) WHERE c.predicate IN ['EFFECTIVE_ON', 'EXPIRES_ON'] AND (c.value IS NULL OR NOT c.value IS :: STRING) RETURN c.id AS id, 'value.date' AS why;
// A value is no dateTime.
MATCH (c:Claim) WHERE c.predicate IN ['ASSESSED_AT', 'DECIDED_AT', 'DETECTED_AT', 'ENDED_AT', 'STARTED_AT', 'VALID_UNTIL'] AND (c.value IS NULL OR NOT c.value IS :: STRING) RETURN c.id AS id, 'value.dateTime' AS why;
// A value is no decimal.
MATCH (c:Claim) WHERE c.predicate IN ['CAPACITY', 'INDICATOR', 'LATITUDE', 'LIKELIHOOD', 'LONGITUDE', 'MEASURED', 'RECOVERY_DAYS', 'REVENUE', 'SCORE', 'SEVERITY', 'THRESHOLD'] AND (c.value IS NULL OR NOT c.value IS :: INTEGER | FLOAT) RETURN c.id AS id, 'value.decimal' AS why;
// A value is no integer.
MATCH (c:Claim) WHERE c.predicate IN ['HEADCOUNT', 'ROUND', 'SEQUENCE', 'VERSION_NO'] AND (c.value IS NULL OR NOT c.value IS :: INTEGER) RETURN c.id AS id, 'value.integer' AS why;
// A value is no string.
MATCH (c:Claim) WHERE c.predicate IN ['ACTION', 'ADDRESS', 'AGENT_KIND', 'ANTECEDENT', 'APPLIES_WHEN', 'CERTIFICATE_NUMBER', 'CERTIFICATE_STATUS', 'CITATION', 'CLASSIFIED', 'CODE_VERSION', 'CONTENT_HASH', 'CONTRACT_KIND', 'CONTRACT_STATE', 'CONTRACT_TEXT', 'DEADLINE', 'DECISION', 'DEFINITION', 'DESCRIPTION', 'HEADING', 'IDENTIFIED_BY', 'INCIDENT_TYPE', 'INPUTS_HASH', 'ISSUER', 'METHOD', 'METRIC', 'MOVE_KEY', 'MOVE_KIND', 'NAMED', 'NORM_STATE', 'NUMBERING', 'OPERATOR', 'OUTCOME', 'PARAMETERS_HASH', 'PREVIOUS_HASH', 'PROTOCOL', 'RECURRENCE', 'REMARK', 'REQUIREMENT', 'RULE_LEVEL', 'SANCTIONED', 'SCHEME', 'SESSION_STATE', 'SHA256', 'STATUS', 'TERM', 'TEXT', 'TITLE', 'TRIGGER', 'UNIT'] AND (c.value IS NULL OR NOT c.value IS :: STRING) RETURN c.id AS id, 'value.string' AS why;
// ABOUT_TOPIC stands between kinds that it does not take.
MATCH (s)-[r:ABOUT_TOPIC]->(o) WHERE NOT (s:Activity OR s:Agent OR s:Assessment OR s:Asset OR s:Breach OR s:Certification OR s:Clause OR s:ClauseType OR s:Contract OR s:ContractVersion OR s:Control OR s:EsgTopic OR s:Exclusion OR s:Incident OR s:Move OR s:NegotiationSession OR s:Norm OR s:Obligation OR s:Organization OR s:PerformanceObservation OR s:Permission OR s:Person OR s:Playbook OR s:Policy OR s:PolicyDecision OR s:Position OR s:Power OR s:Product OR s:ProductCategory OR s:Prohibition OR s:Proposal OR s:Region OR s:Risk OR s:RiskCategory OR s:Rule OR s:Site OR s:Template) OR NOT (o:EsgTopic) RETURN r.claimId AS id, 'ABOUT_TOPIC.ends' AS why;
// A native ABOUT_TOPIC differs from its claim, or has none.
MATCH (s)-[r:ABOUT_TOPIC]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'ABOUT_TOPIC' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'ABOUT_TOPIC.claim' AS why;
// ACTS_ON stands between kinds that it does not take.
MATCH (s)-[r:ACTS_ON]->(o) WHERE NOT (s:Power) OR NOT (o:Exclusion OR o:Norm OR o:Obligation OR o:Permission OR o:Power OR o:Prohibition) RETURN r.claimId AS id, 'ACTS_ON.ends' AS why;
// A native ACTS_ON differs from its claim, or has none.
MATCH (s)-[r:ACTS_ON]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'ACTS_ON' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'ACTS_ON.claim' AS why;
// AFFECTS stands between kinds that it does not take.
MATCH (s)-[r:AFFECTS]->(o) WHERE NOT (s:Incident OR s:Risk) OR NOT (o:Organization OR o:Product OR o:ProductCategory OR o:Region OR o:Site) RETURN r.claimId AS id, 'AFFECTS.ends' AS why;
// A native AFFECTS differs from its claim, or has none.
MATCH (s)-[r:AFFECTS]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'AFFECTS' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'AFFECTS.claim' AS why;
// APPLIES_TO stands between kinds that it does not take.
MATCH (s)-[r:APPLIES_TO]->(o) WHERE NOT (s:Playbook OR s:Policy OR s:Rule) OR NOT (o:Contract OR o:Organization OR o:ProductCategory OR o:Region OR o:RiskCategory) RETURN r.claimId AS id, 'APPLIES_TO.ends' AS why;
// A native APPLIES_TO differs from its claim, or has none.
MATCH (s)-[r:APPLIES_TO]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'APPLIES_TO' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'APPLIES_TO.claim' AS why;
// ASKS_FOR stands between kinds that it does not take.
MATCH (s)-[r:ASKS_FOR]->(o) WHERE NOT (s:Position) OR NOT (o:ClauseType) RETURN r.claimId AS id, 'ASKS_FOR.ends' AS why;
// A native ASKS_FOR differs from its claim, or has none.
MATCH (s)-[r:ASKS_FOR]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'ASKS_FOR' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'ASKS_FOR.claim' AS why;
// A qualifier of ASKS_FOR is of another type, or out of bounds.
MATCH (s)-[r:ASKS_FOR]->(o) WHERE (r.rank IS NOT NULL AND NOT r.rank IS :: INTEGER) OR (r.rung IS NOT NULL AND NOT r.rung IS :: STRING) OR (r.rank < 1) OR (NOT r.rung IN ['preferred', 'fallback', 'walk-away']) RETURN r.claimId AS id, 'ASKS_FOR.qualifiers' AS why;
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
// CONTAINS stands between kinds that it does not take.
MATCH (s)-[r:CONTAINS]->(o) WHERE NOT (s:ContractVersion) OR NOT (o:Clause) RETURN r.claimId AS id, 'CONTAINS.ends' AS why;
// A native CONTAINS differs from its claim, or has none.
MATCH (s)-[r:CONTAINS]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'CONTAINS' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'CONTAINS.claim' AS why;
// A qualifier of CONTAINS is of another type, or out of bounds.
MATCH (s)-[r:CONTAINS]->(o) WHERE (r.ordinal IS NOT NULL AND NOT r.ordinal IS :: INTEGER) OR (r.ordinal < 0) RETURN r.claimId AS id, 'CONTAINS.qualifiers' AS why;
// COVERS stands between kinds that it does not take.
MATCH (s)-[r:COVERS]->(o) WHERE NOT (s:Certification) OR NOT (o:Product OR o:ProductCategory OR o:Site) RETURN r.claimId AS id, 'COVERS.ends' AS why;
// A native COVERS differs from its claim, or has none.
MATCH (s)-[r:COVERS]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'COVERS' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'COVERS.claim' AS why;
// DECIDED_ON stands between kinds that it does not take.
MATCH (s)-[r:DECIDED_ON]->(o) WHERE NOT (s:PolicyDecision) OR NOT (o:Contract OR o:ContractVersion OR o:Proposal) RETURN r.claimId AS id, 'DECIDED_ON.ends' AS why;
// A native DECIDED_ON differs from its claim, or has none.
MATCH (s)-[r:DECIDED_ON]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'DECIDED_ON' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'DECIDED_ON.claim' AS why;
// EXPRESSES stands between kinds that it does not take.
MATCH (s)-[r:EXPRESSES]->(o) WHERE NOT (s:Clause) OR NOT (o:Exclusion OR o:Norm OR o:Obligation OR o:Permission OR o:Power OR o:Prohibition) RETURN r.claimId AS id, 'EXPRESSES.ends' AS why;
// A native EXPRESSES differs from its claim, or has none.
MATCH (s)-[r:EXPRESSES]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'EXPRESSES' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'EXPRESSES.claim' AS why;
// A qualifier of EXPRESSES is of another type, or out of bounds.
MATCH (s)-[r:EXPRESSES]->(o) WHERE (r.end IS NOT NULL AND NOT r.end IS :: INTEGER) OR (r.start IS NOT NULL AND NOT r.start IS :: INTEGER) OR (r.end <= 0) OR (r.start < 0) RETURN r.claimId AS id, 'EXPRESSES.qualifiers' AS why;
// FAILED_RULE stands between kinds that it does not take.
MATCH (s)-[r:FAILED_RULE]->(o) WHERE NOT (s:PolicyDecision) OR NOT (o:Rule) RETURN r.claimId AS id, 'FAILED_RULE.ends' AS why;
// A native FAILED_RULE differs from its claim, or has none.
MATCH (s)-[r:FAILED_RULE]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'FAILED_RULE' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'FAILED_RULE.claim' AS why;
// FORBIDS stands between kinds that it does not take.
MATCH (s)-[r:FORBIDS]->(o) WHERE NOT (s:Rule) OR NOT (o:ClauseType) RETURN r.claimId AS id, 'FORBIDS.ends' AS why;
// A native FORBIDS differs from its claim, or has none.
MATCH (s)-[r:FORBIDS]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'FORBIDS' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'FORBIDS.claim' AS why;
// A qualifier of FORBIDS is of another type, or out of bounds.
MATCH (s)-[r:FORBIDS]->(o) WHERE (r.maxHeadcount IS NOT NULL AND NOT r.maxHeadcount IS :: INTEGER) OR (r.maxHeadcount < 0) RETURN r.claimId AS id, 'FORBIDS.qualifiers' AS why;
// GOVERNED_BY stands between kinds that it does not take.
MATCH (s)-[r:GOVERNED_BY]->(o) WHERE NOT (s:Organization OR s:Product) OR NOT (o:Contract) RETURN r.claimId AS id, 'GOVERNED_BY.ends' AS why;
// A native GOVERNED_BY differs from its claim, or has none.
MATCH (s)-[r:GOVERNED_BY]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'GOVERNED_BY' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'GOVERNED_BY.claim' AS why;
// A qualifier of GOVERNED_BY is of another type, or out of bounds.
MATCH (s)-[r:GOVERNED_BY]->(o) WHERE (r.customer IS NOT NULL AND NOT r.customer IS :: STRING) OR (r.product IS NOT NULL AND NOT r.product IS :: STRING) RETURN r.claimId AS id, 'GOVERNED_BY.qualifiers' AS why;
// HAS_VERSION stands between kinds that it does not take.
MATCH (s)-[r:HAS_VERSION]->(o) WHERE NOT (s:Contract OR s:Template) OR NOT (o:ContractVersion) RETURN r.claimId AS id, 'HAS_VERSION.ends' AS why;
// A native HAS_VERSION differs from its claim, or has none.
MATCH (s)-[r:HAS_VERSION]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'HAS_VERSION' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'HAS_VERSION.claim' AS why;
// HELD_BY stands between kinds that it does not take.
MATCH (s)-[r:HELD_BY]->(o) WHERE NOT (s:Certification) OR NOT (o:Organization OR o:Site) RETURN r.claimId AS id, 'HELD_BY.ends' AS why;
// A native HELD_BY differs from its claim, or has none.
MATCH (s)-[r:HELD_BY]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'HELD_BY' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'HELD_BY.claim' AS why;
// INPUT_OF stands between kinds that it does not take.
MATCH (s)-[r:INPUT_OF]->(o) WHERE NOT (s:Product OR s:ProductCategory) OR NOT (o:Product OR o:ProductCategory) RETURN r.claimId AS id, 'INPUT_OF.ends' AS why;
// A native INPUT_OF differs from its claim, or has none.
MATCH (s)-[r:INPUT_OF]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'INPUT_OF' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'INPUT_OF.claim' AS why;
// A qualifier of INPUT_OF is of another type, or out of bounds.
MATCH (s)-[r:INPUT_OF]->(o) WHERE (r.criticality IS NOT NULL AND NOT r.criticality IS :: INTEGER | FLOAT) OR (r.quantity IS NOT NULL AND NOT r.quantity IS :: INTEGER | FLOAT) OR (r.criticality < 0) OR (r.criticality > 1) OR (r.quantity <= 0) RETURN r.claimId AS id, 'INPUT_OF.qualifiers' AS why;
// IN_CATEGORY stands between kinds that it does not take.
MATCH (s)-[r:IN_CATEGORY]->(o) WHERE NOT (s:Incident OR s:Product OR s:Risk) OR NOT (o:ProductCategory OR o:RiskCategory) RETURN r.claimId AS id, 'IN_CATEGORY.ends' AS why;
// A native IN_CATEGORY differs from its claim, or has none.
MATCH (s)-[r:IN_CATEGORY]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'IN_CATEGORY' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'IN_CATEGORY.claim' AS why;
// IN_COUNTRY stands between kinds that it does not take.
MATCH (s)-[r:IN_COUNTRY]->(o) WHERE NOT (s:Asset OR s:Organization OR s:Person OR s:Site) OR NOT (o:Region) RETURN r.claimId AS id, 'IN_COUNTRY.ends' AS why;
// A native IN_COUNTRY differs from its claim, or has none.
MATCH (s)-[r:IN_COUNTRY]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'IN_COUNTRY' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'IN_COUNTRY.claim' AS why;
// LINKED_TO stands between kinds that it does not take.
MATCH (s)-[r:LINKED_TO]->(o) WHERE NOT (s:Asset OR s:Organization OR s:Person) OR NOT (o:Asset OR o:Organization OR o:Person) RETURN r.claimId AS id, 'LINKED_TO.ends' AS why;
// A native LINKED_TO differs from its claim, or has none.
MATCH (s)-[r:LINKED_TO]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'LINKED_TO' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'LINKED_TO.claim' AS why;
// A qualifier of LINKED_TO is of another type, or out of bounds.
MATCH (s)-[r:LINKED_TO]->(o) WHERE (r.kind IS NOT NULL AND NOT r.kind IS :: STRING) RETURN r.claimId AS id, 'LINKED_TO.qualifiers' AS why;
// LOCATED_AT stands between kinds that it does not take.
MATCH (s)-[r:LOCATED_AT]->(o) WHERE NOT (s:Asset OR s:Organization OR s:Person OR s:Site) OR NOT (o:Region OR o:Site) RETURN r.claimId AS id, 'LOCATED_AT.ends' AS why;
// A native LOCATED_AT differs from its claim, or has none.
MATCH (s)-[r:LOCATED_AT]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'LOCATED_AT' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'LOCATED_AT.claim' AS why;
// A qualifier of LOCATED_AT is of another type, or out of bounds.
MATCH (s)-[r:LOCATED_AT]->(o) WHERE (r.address IS NOT NULL AND NOT r.address IS :: STRING) RETURN r.claimId AS id, 'LOCATED_AT.qualifiers' AS why;
// MADE_BY stands between kinds that it does not take.
MATCH (s)-[r:MADE_BY]->(o) WHERE NOT (s:Move) OR NOT (o:Agent OR o:Organization OR o:Person) RETURN r.claimId AS id, 'MADE_BY.ends' AS why;
// A native MADE_BY differs from its claim, or has none.
MATCH (s)-[r:MADE_BY]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'MADE_BY' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'MADE_BY.claim' AS why;
// MITIGATES stands between kinds that it does not take.
MATCH (s)-[r:MITIGATES]->(o) WHERE NOT (s:Certification OR s:ClauseType OR s:Control) OR NOT (o:RiskCategory) RETURN r.claimId AS id, 'MITIGATES.ends' AS why;
// A native MITIGATES differs from its claim, or has none.
MATCH (s)-[r:MITIGATES]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'MITIGATES' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'MITIGATES.claim' AS why;
// A qualifier of MITIGATES is of another type, or out of bounds.
MATCH (s)-[r:MITIGATES]->(o) WHERE (r.effect IS NOT NULL AND NOT r.effect IS :: INTEGER | FLOAT) OR (r.rule IS NOT NULL AND NOT r.rule IS :: STRING) OR (r.threshold IS NOT NULL AND NOT r.threshold IS :: INTEGER | FLOAT) OR (r.effect < 0) OR (r.effect > 1) OR (r.threshold < 0) OR (r.threshold > 1) RETURN r.claimId AS id, 'MITIGATES.qualifiers' AS why;
// NEGOTIATES stands between kinds that it does not take.
MATCH (s)-[r:NEGOTIATES]->(o) WHERE NOT (s:NegotiationSession) OR NOT (o:Contract OR o:Template) RETURN r.claimId AS id, 'NEGOTIATES.ends' AS why;
// A native NEGOTIATES differs from its claim, or has none.
MATCH (s)-[r:NEGOTIATES]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'NEGOTIATES' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'NEGOTIATES.claim' AS why;
// OBSERVED stands between kinds that it does not take.
MATCH (s)-[r:OBSERVED]->(o) WHERE NOT (s:Organization OR s:Site) OR NOT (o:PerformanceObservation) RETURN r.claimId AS id, 'OBSERVED.ends' AS why;
// A native OBSERVED differs from its claim, or has none.
MATCH (s)-[r:OBSERVED]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'OBSERVED' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'OBSERVED.claim' AS why;
// A qualifier of OBSERVED is of another type, or out of bounds.
MATCH (s)-[r:OBSERVED]->(o) WHERE (r.norm IS NOT NULL AND NOT r.norm IS :: STRING) RETURN r.claimId AS id, 'OBSERVED.qualifiers' AS why;
// OF_TYPE stands between kinds that it does not take.
MATCH (s)-[r:OF_TYPE]->(o) WHERE NOT (s:Clause) OR NOT (o:ClauseType) RETURN r.claimId AS id, 'OF_TYPE.ends' AS why;
// A native OF_TYPE differs from its claim, or has none.
MATCH (s)-[r:OF_TYPE]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'OF_TYPE' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'OF_TYPE.claim' AS why;
// A qualifier of OF_TYPE is of another type, or out of bounds.
MATCH (s)-[r:OF_TYPE]->(o) WHERE (r.method IS NOT NULL AND NOT r.method IS :: STRING) OR (r.score IS NOT NULL AND NOT r.score IS :: INTEGER | FLOAT) OR (r.score < 0) OR (r.score > 1) RETURN r.claimId AS id, 'OF_TYPE.qualifiers' AS why;
// ON_VIOLATION_OF stands between kinds that it does not take.
MATCH (s)-[r:ON_VIOLATION_OF]->(o) WHERE NOT (s:Power) OR NOT (o:Exclusion OR o:Norm OR o:Obligation OR o:Permission OR o:Power OR o:Prohibition) RETURN r.claimId AS id, 'ON_VIOLATION_OF.ends' AS why;
// A native ON_VIOLATION_OF differs from its claim, or has none.
MATCH (s)-[r:ON_VIOLATION_OF]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'ON_VIOLATION_OF' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'ON_VIOLATION_OF.claim' AS why;
// OPERATES stands between kinds that it does not take.
MATCH (s)-[r:OPERATES]->(o) WHERE NOT (s:Organization) OR NOT (o:Site) RETURN r.claimId AS id, 'OPERATES.ends' AS why;
// A native OPERATES differs from its claim, or has none.
MATCH (s)-[r:OPERATES]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'OPERATES' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'OPERATES.claim' AS why;
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
// A qualifier of OWNS is of another type, or out of bounds.
MATCH (s)-[r:OWNS]->(o) WHERE (r.control IS NOT NULL AND NOT r.control IS :: STRING) OR (r.percentage IS NOT NULL AND NOT r.percentage IS :: INTEGER | FLOAT) OR (NOT r.control IN ['direct', 'indirect', 'joint']) OR (r.percentage < 0) OR (r.percentage > 100) RETURN r.claimId AS id, 'OWNS.qualifiers' AS why;
// PARTY_TO stands between kinds that it does not take.
MATCH (s)-[r:PARTY_TO]->(o) WHERE NOT (s:Organization OR s:Person) OR NOT (o:Contract) RETURN r.claimId AS id, 'PARTY_TO.ends' AS why;
// A native PARTY_TO differs from its claim, or has none.
MATCH (s)-[r:PARTY_TO]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'PARTY_TO' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'PARTY_TO.claim' AS why;
// A qualifier of PARTY_TO is of another type, or out of bounds.
MATCH (s)-[r:PARTY_TO]->(o) WHERE (r.role IS NOT NULL AND NOT r.role IS :: STRING) RETURN r.claimId AS id, 'PARTY_TO.qualifiers' AS why;
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
// PRODUCES stands between kinds that it does not take.
MATCH (s)-[r:PRODUCES]->(o) WHERE NOT (s:Organization OR s:Site) OR NOT (o:Product OR o:ProductCategory) RETURN r.claimId AS id, 'PRODUCES.ends' AS why;
// A native PRODUCES differs from its claim, or has none.
MATCH (s)-[r:PRODUCES]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'PRODUCES' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'PRODUCES.claim' AS why;
// A qualifier of PRODUCES is of another type, or out of bounds.
MATCH (s)-[r:PRODUCES]->(o) WHERE (r.capacityPerDay IS NOT NULL AND NOT r.capacityPerDay IS :: INTEGER | FLOAT) OR (r.capacityShare IS NOT NULL AND NOT r.capacityShare IS :: INTEGER | FLOAT) OR (r.capacityUse IS NOT NULL AND NOT r.capacityUse IS :: INTEGER | FLOAT) OR (r.unit IS NOT NULL AND NOT r.unit IS :: STRING) OR (r.capacityPerDay < 0) OR (r.capacityShare < 0) OR (r.capacityShare > 1) OR (r.capacityUse < 0) RETURN r.claimId AS id, 'PRODUCES.qualifiers' AS why;
// PROPOSED_BY stands between kinds that it does not take.
MATCH (s)-[r:PROPOSED_BY]->(o) WHERE NOT (s:Proposal) OR NOT (o:Agent OR o:Organization OR o:Person) RETURN r.claimId AS id, 'PROPOSED_BY.ends' AS why;
// A native PROPOSED_BY differs from its claim, or has none.
MATCH (s)-[r:PROPOSED_BY]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'PROPOSED_BY' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'PROPOSED_BY.claim' AS why;
// REQUIRES stands between kinds that it does not take.
MATCH (s)-[r:REQUIRES]->(o) WHERE NOT (s:Rule) OR NOT (o:ClauseType) RETURN r.claimId AS id, 'REQUIRES.ends' AS why;
// A native REQUIRES differs from its claim, or has none.
MATCH (s)-[r:REQUIRES]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'REQUIRES' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'REQUIRES.claim' AS why;
// A qualifier of REQUIRES is of another type, or out of bounds.
MATCH (s)-[r:REQUIRES]->(o) WHERE (r.contractKind IS NOT NULL AND NOT r.contractKind IS :: STRING) RETURN r.claimId AS id, 'REQUIRES.qualifiers' AS why;
// REVISION_OF stands between kinds that it does not take.
MATCH (s)-[r:REVISION_OF]->(o) WHERE NOT (s:ContractVersion) OR NOT (o:ContractVersion) RETURN r.claimId AS id, 'REVISION_OF.ends' AS why;
// A native REVISION_OF differs from its claim, or has none.
MATCH (s)-[r:REVISION_OF]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'REVISION_OF' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'REVISION_OF.claim' AS why;
// SELLS stands between kinds that it does not take.
MATCH (s)-[r:SELLS]->(o) WHERE NOT (s:Organization OR s:Site) OR NOT (o:Product OR o:ProductCategory) RETURN r.claimId AS id, 'SELLS.ends' AS why;
// A native SELLS differs from its claim, or has none.
MATCH (s)-[r:SELLS]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'SELLS' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'SELLS.claim' AS why;
// A qualifier of SELLS is of another type, or out of bounds.
MATCH (s)-[r:SELLS]->(o) WHERE (r.currency IS NOT NULL AND NOT r.currency IS :: STRING) OR (r.demandPerDay IS NOT NULL AND NOT r.demandPerDay IS :: INTEGER | FLOAT) OR (r.unit IS NOT NULL AND NOT r.unit IS :: STRING) OR (r.unitMargin IS NOT NULL AND NOT r.unitMargin IS :: INTEGER | FLOAT) OR (r.demandPerDay < 0) OR (r.unitMargin < 0) RETURN r.claimId AS id, 'SELLS.qualifiers' AS why;
// STOCKS stands between kinds that it does not take.
MATCH (s)-[r:STOCKS]->(o) WHERE NOT (s:Organization OR s:Site) OR NOT (o:Product OR o:ProductCategory) RETURN r.claimId AS id, 'STOCKS.ends' AS why;
// A native STOCKS differs from its claim, or has none.
MATCH (s)-[r:STOCKS]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'STOCKS' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'STOCKS.claim' AS why;
// A qualifier of STOCKS is of another type, or out of bounds.
MATCH (s)-[r:STOCKS]->(o) WHERE (r.onHand IS NOT NULL AND NOT r.onHand IS :: INTEGER | FLOAT) OR (r.unit IS NOT NULL AND NOT r.unit IS :: STRING) OR (r.onHand < 0) RETURN r.claimId AS id, 'STOCKS.qualifiers' AS why;
// SUPPLIES stands between kinds that it does not take.
MATCH (s)-[r:SUPPLIES]->(o) WHERE NOT (s:Organization OR s:Site) OR NOT (o:Organization) RETURN r.claimId AS id, 'SUPPLIES.ends' AS why;
// A native SUPPLIES differs from its claim, or has none.
MATCH (s)-[r:SUPPLIES]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'SUPPLIES' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'SUPPLIES.claim' AS why;
// A qualifier of SUPPLIES is of another type, or out of bounds.
MATCH (s)-[r:SUPPLIES]->(o) WHERE (r.annualSpend IS NOT NULL AND NOT r.annualSpend IS :: INTEGER | FLOAT) OR (r.currency IS NOT NULL AND NOT r.currency IS :: STRING) OR (r.declaredFor IS NOT NULL AND NOT r.declaredFor IS :: STRING) OR (r.declaredTier IS NOT NULL AND NOT r.declaredTier IS :: INTEGER) OR (r.dependencyWeight IS NOT NULL AND NOT r.dependencyWeight IS :: INTEGER | FLOAT) OR (r.essential IS NOT NULL AND NOT r.essential IS :: BOOLEAN) OR (r.leadTimeDays IS NOT NULL AND NOT r.leadTimeDays IS :: INTEGER) OR (r.method IS NOT NULL AND NOT r.method IS :: STRING) OR (r.product IS NOT NULL AND NOT r.product IS :: STRING) OR (r.productGroup IS NOT NULL AND NOT r.productGroup IS :: STRING) OR (r.shareOfSupply IS NOT NULL AND NOT r.shareOfSupply IS :: INTEGER | FLOAT) OR (r.unit IS NOT NULL AND NOT r.unit IS :: STRING) OR (r.volume IS NOT NULL AND NOT r.volume IS :: INTEGER | FLOAT) OR (r.annualSpend < 0) OR (r.declaredTier < 1) OR (r.dependencyWeight < 0) OR (r.dependencyWeight > 1) OR (r.leadTimeDays < 0) OR (r.shareOfSupply < 0) OR (r.shareOfSupply > 1) OR (r.volume < 0) RETURN r.claimId AS id, 'SUPPLIES.qualifiers' AS why;
// TAKES_PART_IN stands between kinds that it does not take.
MATCH (s)-[r:TAKES_PART_IN]->(o) WHERE NOT (s:Agent OR s:Organization OR s:Person) OR NOT (o:NegotiationSession) RETURN r.claimId AS id, 'TAKES_PART_IN.ends' AS why;
// A native TAKES_PART_IN differs from its claim, or has none.
MATCH (s)-[r:TAKES_PART_IN]->(o) WHERE NOT EXISTS { MATCH (c:Claim {id: r.claimId}) WHERE c.predicate = 'TAKES_PART_IN' AND c.recordedAt = r.recordedAt AND coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '') } RETURN r.claimId AS id, 'TAKES_PART_IN.claim' AS why;
// A qualifier of TAKES_PART_IN is of another type, or out of bounds.
MATCH (s)-[r:TAKES_PART_IN]->(o) WHERE (r.role IS NOT NULL AND NOT r.role IS :: STRING) RETURN r.claimId AS id, 'TAKES_PART_IN.qualifiers' AS why;
