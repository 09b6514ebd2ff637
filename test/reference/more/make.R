# Runs `duo-impact evaluate`'s cases on data sets that R ships, in R: Rscript make.R (in this folder).
# Writes the data as write.csv does (row names under an empty header, quoted text, TRUE/FALSE, a header with spaces and
# dots), cases.tsv (name, then the command's arguments) and values.csv (case, name, value).
# Made with R 4.2.2, MatchIt 4.5.1 (method "exact" only), sandwich 3.0.2, carData 3.0.5, boot 1.3.28.
# Nearest matching, entropy balancing and balance are spelt out below; scores of the nearest cases have no ties that matter.
suppressMessages({library(MatchIt); library(sandwich); library(boot); library(carData)})
options(digits=17, warn=-1)
mel <- boot::melanoma; mel$dead <- as.integer(mel$status==1); write.csv(mel, "melanoma.csv")
mroz <- Mroz; mroz$wc <- as.character(mroz$wc); write.csv(mroz, "mroz.csv")
cars <- mtcars; cars$manual <- cars$am==1; cars$am <- NULL; write.csv(cars, "mtcars.csv")
inf <- infert[, 1:6]; write.csv(inf, "infert.csv")
sal <- Salaries; names(sal) <- c("rank","discipline","yrs since.phd","yrs.service","sex","salary"); sal$male <- ifelse(sal$sex=="Male",1,0); write.csv(sal, "salaries.csv")
out <- data.frame(); emit <- function(case, name, value) out[nrow(out)+1, c("case","name","value")] <<- list(case, name, format(value, digits=17))
cases <- list(
 list("salaries_exact","salaries.csv","male","salary",exact=c("rank","discipline"),cov=c("yrs since.phd","yrs.service")),
 list("infert_exact","infert.csv","case","age",exact=c("education","parity"),cov=c("induced","spontaneous")),
 list("mtcars_exact","mtcars.csv","manual","mpg",exact=c("cyl"),cov=c("hp","wt","vs","disp")),
 list("mroz_exact","mroz.csv","wc","lfp",exact=c("k5","hc"),cov=c("age","inc","lwg")),
 list("mroz_clustered","mroz.csv","wc","lfp",exact=c("k5","hc"),cov=c("inc"),id="age"),
 list("melanoma_cem","melanoma.csv","ulcer","dead",exact=c("sex"),cov=c("year"),cut=list(age=c(40,60),thickness=c(1,2.5,4))),
 list("mtcars_odds","mtcars.csv","manual","mpg",odds=c("hp","vs")),
 list("salaries_odds","salaries.csv","male","salary",odds=c("rank","discipline","yrs since.phd")),
 list("mroz_entropy","mroz.csv","wc","lfp",ent=c("age","inc","hc","k5")),
 list("salaries_entropy","salaries.csv","male","salary",ent=c("rank","discipline","yrs since.phd")),
 list("mroz_nearest","mroz.csv","wc","lfp",near=c("age","inc","lwg","k5")),
 list("mroz_caliper","mroz.csv","wc","lfp",near=c("age","inc","lwg","k5"),caliper=.1),
 list("mroz_two","mroz.csv","wc","inc",near=c("age","lwg","k5"),ratio=2),
 list("mroz_replace","mroz.csv","wc","lfp",near=c("age","inc","lwg","k5"),replace=TRUE),
 list("mtcars_nearest","mtcars.csv","manual","mpg",near=c("hp","qsec"))
)
# greedy nearest by hand: largest propensity first, ties by row
near <- function(p, tr, ratio=1, replace=FALSE, caliper=NULL) {
  T <- which(tr==1); C <- which(tr==0); free <- rep(TRUE,length(C)); w <- numeric(length(tr)); sets <- list()
  wide <- if (is.null(caliper)) Inf else caliper*sd(p)
  T <- T[order(-p[T])]
  m <- setNames(vector("list",length(T)),T)
  if (replace) { for (t in T) { d <- abs(p[C]-p[t]); o <- order(d); o <- o[d[o]<=wide][seq_len(min(ratio,sum(d<=wide)))]; m[[as.character(t)]] <- C[o] } }
  else for (r in seq_len(ratio)) for (t in T) { d <- abs(p[C]-p[t]); d[!free] <- Inf; o <- which.min(d); if (is.finite(d[o]) && d[o]<=wide) { free[o] <- FALSE; m[[as.character(t)]] <- c(m[[as.character(t)]], C[o]) } }
  for (t in names(m)) if (length(m[[t]])) { w[as.integer(t)] <- 1; w[m[[t]]] <- w[m[[t]]] + 1/length(m[[t]]) }
  w
}
ent <- function(X, tr) { # dual by Newton
  X <- scale(X); m <- colMeans(X[tr==1,,drop=FALSE]); Z <- sweep(X[tr==0,,drop=FALSE],2,m); l <- rep(0,ncol(Z))
  for (i in 1:200) { w <- exp(drop(Z%*%l)); w <- w/sum(w); g <- colSums(Z*w); H <- crossprod(Z, Z*w)-tcrossprod(g); s <- solve(H,g); st <- 1
    f <- function(l) log(sum(exp(drop(Z%*%l)))); while (f(l-st*s) > f(l)) { st <- st/2; if (st<1e-12) break }; l <- l-st*s; if (max(abs(g))<1e-14) break }
  w <- exp(drop(Z%*%l)); w/sum(w)*sum(tr==1) }
cmd <- list()
for (cs in cases) {
  n <- cs[[1]]; d <- read.csv(cs[[2]], check.names=FALSE, stringsAsFactors=TRUE); names(d)[names(d)==""] <- "rn"; one <- function(x) if (is.factor(x)||is.logical(x)) as.integer(x=="yes" | x=="TRUE") else as.numeric(x)
  tr <- one(d[[cs[[3]]]]); y <- one(d[[cs[[4]]]])
  d$.t <- tr; q <- function(v) paste0("`",v,"`")
  if (!is.null(cs$exact)) {
    all <- unique(c(cs$exact, names(cs$cut), cs$cov)); f <- reformulate(q(all), ".t")
    if (is.null(cs$cut)) { m <- matchit(reformulate(q(cs$exact),".t"), data=d, method="exact") }
    else { cp <- cs$cut; cp <- lapply(names(cp), function(v) cp[[v]]); names(cp) <- names(cs$cut)
      num <- setdiff(c(cs$exact), names(cs$cut)); dd <- d; for (v in num) dd[[v]] <- factor(dd[[v]])
      cp2 <- lapply(names(cp), function(v) c(cp[[v]])); names(cp2) <- names(cp)
      for (v in names(cp)) { dd[[paste0(".c",v)]] <- factor(findInterval(d[[v]], cp[[v]])) }
      m <- matchit(reformulate(c(q(num), paste0("`.c",names(cp),"`")),".t"), data=dd, method="exact") }
    w <- m$weights
  } else if (!is.null(cs$odds)) { g <- glm(reformulate(q(cs$odds),".t"), data=d, family=binomial, epsilon=1e-14, maxit=100); p <- fitted(g); w <- ifelse(tr==1,1,p/(1-p)); all <- cs$odds
  } else if (!is.null(cs$ent)) { X <- model.matrix(reformulate(q(cs$ent)), d)[,-1,drop=FALSE]; w <- ifelse(tr==1,1,0); w[tr==0] <- ent(X,tr); all <- cs$ent
  } else { g <- glm(reformulate(q(cs$near),".t"), data=d, family=binomial, epsilon=1e-14, maxit=100); p <- fitted(g); w <- near(p,tr,if(is.null(cs$ratio))1 else cs$ratio, isTRUE(cs$replace), cs$caliper); all <- cs$near }
  k <- w>0; emit(n,"nT",sum(tr)); emit(n,"mT",sum(k&tr==1)); emit(n,"mC",sum(k&tr==0)); 
  wt <- w; wt[tr==0] <- w[tr==0]/sum(w[tr==0]); wt[tr==1] <- w[tr==1]/sum(w[tr==1])
  emit(n,"rateT",sum((wt*y)[tr==1])); emit(n,"rateC",sum((wt*y)[tr==0]))
  emit(n,"essC", sum(w[tr==0])^2/sum(w[tr==0]^2))
  fit <- lm(y~tr, weights=w, subset=k, data=data.frame(y,tr,w)[,1:3])
  dk <- data.frame(y=y,tr=tr,w=w)[k,]; fit <- lm(y~tr, weights=w, data=dk)
  emit(n,"diff",coef(fit)[[2]])
  for (h in c("HC0","HC1","HC2","HC3")) emit(n,h,sqrt(vcovHC(fit,h)[2,2]))
  if (!is.null(cs$id)) emit(n,"CR1",sqrt(vcovCL(fit, cluster=d[[cs$id]][k], type="HC1", cadjust=TRUE)[2,2]))
  X <- do.call(cbind, lapply(all, function(v) { x <- d[[v]]; if (is.factor(x)||is.character(x)) { x <- factor(x); mm <- sapply(levels(x), function(l) as.integer(x==l)); colnames(mm) <- paste(v,levels(x),sep="|"); mm } else { x <- matrix(as.numeric(x),ncol=1); colnames(x) <- v; x } }))
  for (j in seq_len(ncol(X))) { x <- X[,j]; bin <- all(x %in% 0:1); sdT <- if (bin) sqrt(mean(x[tr==1])*(1-mean(x[tr==1]))) else sd(x[tr==1]); if (sdT==0) sdT <- 1
    wv <- function(x,w) { w <- w/sum(w); m <- sum(w*x); sum(w*(x-m)^2)/(1-sum(w^2)) }
    for (s in c("before","after")) { ww <- if (s=="before") rep(1,length(x)) else w; kk <- ww>0
      a <- weighted.mean(x[tr==1&kk],ww[tr==1&kk]); b <- weighted.mean(x[tr==0&kk],ww[tr==0&kk])
      emit(n,paste("smd",colnames(X)[j],s,sep="|"),(a-b)/sdT)
      if (!bin) { emit(n,paste("varianceRatio",colnames(X)[j],s,sep="|"), wv(x[tr==1],ww[tr==1])/wv(x[tr==0],ww[tr==0]))
        u <- sort(unique(x)); Fa <- sapply(u,function(z) sum(ww[tr==1&x<=z])/sum(ww[tr==1])); Fb <- sapply(u,function(z) sum(ww[tr==0&x<=z])/sum(ww[tr==0]))
        emit(n,paste("ecdfMean",colnames(X)[j],s,sep="|"),mean(abs(Fa-Fb))); emit(n,paste("ecdfMax",colnames(X)[j],s,sep="|"),max(abs(Fa-Fb))) } } }
  args <- c(cs[[2]],"--treated",cs[[3]],"--outcome",cs[[4]])
  if (!is.null(cs$exact)) { args <- c(args,"--exact",paste(cs$exact,collapse=",")); if (length(cs$cov)) args <- c(args,"--covariates",paste(cs$cov,collapse=",")); if (!is.null(cs$cut)) args <- c(args,"--method","cem","--cutpoints",paste(names(cs$cut),sapply(cs$cut,paste,collapse=":"),sep="=",collapse=",")) }
  if (!is.null(cs$odds)) args <- c(args,"--method","odds","--covariates",paste(cs$odds,collapse=","))
  if (!is.null(cs$ent)) args <- c(args,"--method","entropy","--covariates",paste(cs$ent,collapse=","))
  if (!is.null(cs$near)) args <- c(args,"--method","nearest","--covariates",paste(cs$near,collapse=","), if(!is.null(cs$ratio)) c("--ratio",cs$ratio), if(isTRUE(cs$replace)) "--replace", if(!is.null(cs$caliper)) c("--caliper",cs$caliper))
  if (!is.null(cs$id)) args <- c(args,"--id",cs$id)
  cmd[[n]] <- paste(c(n,args),collapse="\t")
}
out$value <- trimws(out$value); write.csv(out,"values.csv",row.names=FALSE,quote=1:2); writeLines(unlist(cmd),"cases.tsv")
